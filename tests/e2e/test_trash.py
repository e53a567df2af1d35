"""Into the trash, back again, and away for good."""

import pytest
from playwright.sync_api import Page, expect

from photos.models import Photo
from photos.tests.factories import PhotoFactory


@pytest.fixture
def photos(owner: object) -> list[Photo]:
    """Three photographs, the newest first."""
    return [PhotoFactory.create(with_file=True) for _ in range(3)][::-1]


def test_a_picture_goes_to_the_trash_and_comes_back(page: Page, photos: list[Photo]) -> None:
    """Delete goes on to the next picture; Undo returns to the one that was deleted."""
    page.goto(photos[0].get_absolute_url())
    page.keyboard.press("Delete")

    expect(page.get_by_text("Moved to the trash")).to_be_visible()
    expect(page).to_have_url(f"/photos/{photos[1].pk}/")
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(f"/photos/{photos[0].pk}/")
    assert Photo.objects.visible().count() == 3


def test_selected_pictures_leave_the_list_and_come_back_to_their_place(page: Page, photos: list[Photo]) -> None:
    """The cards go at once, the day is told anew, and Undo puts them where they were."""
    page.goto("/")
    page.locator(".photo-card__check").first.check()
    page.keyboard.press("Delete")

    expect(page.get_by_text("1 picture moved to the trash")).to_be_visible()
    expect(page.locator(".photo-card:visible")).to_have_count(2)
    expect(page.locator(".day__note")).to_have_text("2 pictures")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".photo-card:visible")).to_have_count(3)
    expect(page.locator(".day__note")).to_have_text("3 pictures")


def test_the_trash_restores_what_is_ticked(page: Page, owner: object) -> None:
    """A restored picture is gone from the trash and back in the timeline."""
    PhotoFactory.create_batch(2, trashed=True, with_file=True)
    page.goto("/trash/")
    page.locator(".photo-card__check").first.check()
    page.get_by_role("toolbar", name="Selection").get_by_role("button", name="Restore").click()

    expect(page.get_by_text("1 picture restored")).to_be_visible()
    expect(page.locator(".photo-card:visible")).to_have_count(1)
    page.goto("/")
    expect(page.locator(".photo-card")).to_have_count(1)


def test_emptying_the_trash_asks_first(page: Page, owner: object, worker: object) -> None:
    """The question says how many; Esc keeps them; with the answer a worker deletes them for good."""
    PhotoFactory.create_batch(2, trashed=True, with_file=True)
    page.goto("/trash/")
    page.get_by_role("link", name="Empty trash").click()
    expect(page.get_by_role("dialog", name="Delete 2 pictures for good?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("link", name="Empty trash").click()
    page.get_by_role("button", name="Delete for good", exact=True).click()

    expect(page.get_by_text("2 pictures deleted for good")).to_be_visible()
    expect(page.get_by_role("heading", name="The trash is empty")).to_be_visible()
    assert not Photo.objects.exists()
