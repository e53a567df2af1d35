"""There is one row of settings, always."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from settings_app.models import ApplicationSettings


@pytest.mark.django_db(transaction=True)
def test_many_first_loads_at_once_make_one_row() -> None:
    """The primary key lets one of them make it; the others read it."""
    together = Barrier(6)

    def load(_: int) -> int:
        together.wait()
        try:
            return ApplicationSettings.load().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        keys = list(threads.map(load, range(6)))

    assert keys == [1] * 6
    assert ApplicationSettings.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", [1, 2])
def test_the_database_refuses_a_second_row(key: int) -> None:
    """Neither the same key nor another one goes in."""
    ApplicationSettings.load()

    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicationSettings.objects.bulk_create([ApplicationSettings(pk=key)])


@pytest.mark.django_db
def test_the_row_cannot_be_deleted() -> None:
    """Not by itself, and not by a query."""
    settings = ApplicationSettings.load()

    with pytest.raises(ValidationError, match="cannot be deleted"):
        settings.delete()
    with pytest.raises(ValidationError, match="cannot be deleted"):
        ApplicationSettings.objects.all().delete()


def test_the_admin_neither_adds_nor_deletes(owner_client: Client) -> None:
    """It only shows and changes the one there is."""
    ApplicationSettings.load()

    assert owner_client.get("/admin/settings_app/applicationsettings/add/").status_code == 403
    assert owner_client.post("/admin/settings_app/applicationsettings/1/delete/").status_code == 403
