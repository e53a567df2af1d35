"""What the owner says about pictures, with keys and for many, and the way back."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from photos.models import Photo
from photos.tests.factories import PhotoFactory


def test_a_rating_by_key_is_undone_from_its_toast(page: Page, owner: object) -> None:
    """The stars of the picture follow both times."""
    photo = PhotoFactory.create(with_file=True)
    page.goto(photo.get_absolute_url())
    page.keyboard.press("4")

    expect(page.get_by_text("Rated 4 stars")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#star-0")).to_be_checked()
    assert Photo.objects.get().rating == 0


def test_the_dates_of_a_selection_are_moved_and_back(page: Page, owner: object) -> None:
    """The dialog asks by how much, says what is missing, and keeps the selection."""
    before = {photo.pk: photo.taken_at for photo in PhotoFactory.create_batch(2, with_file=True)}
    page.goto("/")
    page.locator(".photo-card__check").first.check(force=True)
    page.keyboard.press("Control+a")
    page.get_by_role("toolbar", name="Selection").get_by_role("button", name="More").click()
    page.get_by_role("button", name="Date and time").click()
    page.get_by_role("button", name="Change the dates").click()
    expect(page.get_by_text("Say by how much")).to_be_visible()
    page.get_by_label("Hours").fill("1")
    page.get_by_role("button", name="Change the dates").click()

    expect(page.get_by_text("2 pictures dated 1 hour later")).to_be_visible()
    assert dict(Photo.objects.values_list("pk", "taken_at")) == {
        pk: moment + timedelta(hours=1) for pk, moment in before.items()
    }
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("As before: the dates of 2 pictures")).to_be_visible()
    assert dict(Photo.objects.values_list("pk", "taken_at")) == before


@pytest.mark.parametrize("size", ["1440"], indirect=True)
def test_escape_leaves_the_field_then_gives_the_form_up(page: Page, owner: object) -> None:
    """One press loses nothing that was written, and none leads away from the picture."""
    photo = PhotoFactory.create(with_file=True)
    page.goto(photo.get_absolute_url())
    page.keyboard.press("e")
    expect(page.get_by_label("Title", exact=True)).to_be_focused()
    page.keyboard.type("Harbour")
    page.keyboard.press("Escape")

    expect(page.get_by_label("Title", exact=True)).to_have_value("Harbour")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Edit title, description and date")).to_be_visible()
    expect(page).to_have_url(photo.get_absolute_url())
