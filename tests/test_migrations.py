"""Migrations follow the models, and go back."""

import pytest
from django.core.management import call_command
from django.db import connection

OURS = ["sharing", "generation", "albums", "photos", "models_catalog", "settings_app"]


def our_tables() -> set[str]:
    foreign = ("auth_", "django_", "axes_", "cache", "sqlite_")
    return {name for name in connection.introspection.table_names() if not name.startswith(foreign)}


@pytest.mark.django_db
def test_no_migration_was_forgotten() -> None:
    """The models and the migrations say the same."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_every_migration_goes_back_and_forth() -> None:
    """All the way to nothing and to the same tables again."""
    tables = our_tables()
    try:
        for app in OURS:
            call_command("migrate", app, "zero", interactive=False, verbosity=0)
        left = our_tables()
    finally:
        call_command("migrate", interactive=False, verbosity=0)

    assert left == set()
    assert our_tables() == tables
