"""What the owner decided about the library."""

from datetime import timedelta

import pytest
from django.test import Client

from settings_app import library
from settings_app.models import ApplicationSettings
from settings_app.tests.test_settings_page import SQUARE, sent

pytestmark = pytest.mark.django_db


def test_the_trash_keeps_pictures_for_thirty_days_at_first() -> None:
    """Nobody has to decide."""
    assert library.trash_time() == timedelta(days=30)


@pytest.mark.parametrize("nonsense", ["7", -1, True, 1e9, None, [7]])
def test_what_is_no_number_of_days_counts_as_not_set(nonsense: object) -> None:
    """A row repaired by hand must not empty the trash."""
    ApplicationSettings.objects.create(settings_json={"trash_days": nonsense})

    assert library.trash_days() == 30


def test_the_days_are_set_on_the_page_and_the_rest_stays(owner_client: Client) -> None:
    """They are one of several things kept in one column."""
    ApplicationSettings.load()
    ApplicationSettings.objects.update(settings_json={"kept": 1})
    owner_client.post("/settings/", sent(SQUARE, trash_days=7))

    assert library.trash_days() == 7
    assert ApplicationSettings.load().settings_json == {"kept": 1, "trash_days": 7, "link_days": 30, "session_days": 30}
    assert 'name="trash_days" value="7"' in owner_client.get("/settings/").content.decode()


def test_zero_days_keep_pictures_until_the_trash_is_emptied(owner_client: Client) -> None:
    """No time is no time limit."""
    owner_client.post("/settings/", sent(SQUARE, trash_days=0))

    assert library.trash_time() is None


@pytest.mark.parametrize("days", ["-1", "4000", "", "many"])
def test_a_number_of_days_that_makes_no_sense_is_refused(owner_client: Client, days: str) -> None:
    """It stays in the form, and nothing is saved."""
    page = owner_client.post("/settings/", sent(SQUARE, trash_days=days)).content.decode()

    assert "Not saved yet" in page
    assert library.trash_days() == 30


def test_a_reset_leaves_the_trash_alone(owner_client: Client) -> None:
    """Going back to thirty days could delete what was to be kept for ninety."""
    owner_client.post("/settings/", sent(SQUARE, trash_days=90))
    owner_client.post("/settings/reset/")

    assert library.trash_days() == 90
