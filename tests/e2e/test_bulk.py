"""Doing something to many pictures: ranges, everything that matches, tags, albums, ZIPs, and the way back."""

from datetime import UTC, datetime
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from photos import tags
from photos.models import Photo
from photos.searching import search
from photos.tests.factories import PhotoFactory
from tests.e2e.worker import Worker

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.fixture
def library(owner: object) -> list[Photo]:
    """Six pictures of one day."""
    photos = [PhotoFactory.create(with_file=True, taken_at=NOON, original_name="beach.png") for _ in range(6)]
    search.index([photo.pk for photo in photos])
    return photos


@pytest.fixture
def many(owner: object) -> list[Photo]:
    """More pictures than a request does at once, and than the page shows."""
    return PhotoFactory.create_batch(620, blank=True, taken_at=NOON)


def bar(page: Page) -> object:
    return page.get_by_role("toolbar", name="Selection")


def test_a_range_is_tagged_found_and_untagged(page: Page, library: list[Photo]) -> None:
    """Shift takes everything between; undo takes the tag away again."""
    tags.put({library[0].pk: ["sea"]})
    page.goto("/")
    boxes = page.locator(".photo-card__check")
    boxes.nth(0).check(force=True)
    boxes.nth(3).click(modifiers=["Shift"], force=True)

    expect(page.get_by_text("4 selected")).to_be_visible()
    page.keyboard.press("t")
    page.get_by_label("Tags", exact=True).fill("")
    page.keyboard.type("se")
    expect(page.get_by_role("option", name="sea")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type(", Summer")
    page.keyboard.press("Enter")
    expect(page.get_by_text("4 pictures tagged “sea”, “Summer”")).to_be_visible()
    expect(page.locator(".photo-card__check:checked")).to_have_count(0)
    assert Photo.objects.filter(traits__value="Summer").count() == 4
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: 4 pictures")).to_be_visible()
    assert Photo.objects.filter(traits__kind="tag").count() == 1


def test_everything_that_matches_is_thrown_away_but_one(page: Page, many: list[Photo], worker: Worker) -> None:
    """Beyond what is shown; a worker does it, says so and brings it back."""
    page.goto("/")
    page.keyboard.press("Control+a")
    expect(page.get_by_role("button", name="Select all 620 that match")).to_be_visible()
    page.keyboard.press("Control+a")
    expect(page.get_by_text("620 selected")).to_be_visible()
    page.locator(".photo-card__check").first.uncheck(force=True)
    expect(page.get_by_text("619 selected")).to_be_visible()
    page.keyboard.press("Delete")

    expect(page.get_by_text("619 pictures moved to the trash")).to_be_visible()
    expect(page.locator(".photo-card")).to_have_count(1)
    assert Photo.objects.visible().count() == 1
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Back from the trash: 619 pictures")).to_be_visible()
    assert Photo.objects.visible().count() == 620


def test_a_zip_is_saved_and_opens(page: Page, library: list[Photo]) -> None:
    """With a name of its own for each picture."""
    page.goto("/")
    page.keyboard.press("Control+a")
    with page.expect_download() as download:
        page.keyboard.press("Shift+D")

    with ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == 6
        assert archive.namelist()[1] == "beach (2).png"


def test_a_selection_goes_into_an_album(page: Page, library: list[Photo]) -> None:
    """A new one, by keys alone."""
    page.goto("/")
    page.locator(".photo-card__link").first.focus()
    page.keyboard.press("x")
    page.keyboard.press("l")
    page.get_by_label("Name of the new album").wait_for()
    page.keyboard.type("Sea")
    page.keyboard.press("Enter")

    expect(page.get_by_text("1 picture added to “Sea”")).to_be_visible()


def test_a_selection_is_rated_by_a_digit(page: Page, library: list[Photo]) -> None:
    """And its stars taken back."""
    page.goto("/")
    page.keyboard.press("Control+a")
    page.keyboard.press("4")

    expect(page.get_by_text("6 pictures rated 4 stars")).to_be_visible()
    assert Photo.objects.filter(rating=4).count() == 6
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: 6 pictures")).to_be_visible()
    assert Photo.objects.filter(rating=0).count() == 6


def test_a_picture_is_described_by_keys(page: Page, library: list[Photo]) -> None:
    """Stars, title and tags; mistakes stand beside their field."""
    page.goto(library[0].get_absolute_url())
    page.keyboard.press("3")
    expect(page.get_by_role("radio", name="3 of 5")).to_be_checked()
    page.keyboard.press("e")
    page.get_by_label("Title", exact=True).fill("The heron")
    page.get_by_label("Taken on").fill("1700-01-01T12:00:00")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("No picture is that old")).to_be_visible()
    page.get_by_label("Taken on").fill("2020-01-01T12:00:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="The heron")).to_be_visible()
    expect(page.get_by_role("link", name="Edit title, description and date")).to_be_focused()
    page.keyboard.press("t")
    page.keyboard.type("bird, lake")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="lake")).to_be_visible()
    page.get_by_role("button", name="Remove the tag bird").click()
    expect(page.get_by_role("link", name="bird")).to_have_count(0)
    page.locator(".toast", has_text="bird").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="bird")).to_be_visible()
    photo = Photo.objects.get(pk=library[0].pk)
    assert (photo.title, photo.rating) == ("The heron", 3)
