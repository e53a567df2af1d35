"""The timeline: days, scrolling on, search, filters, selection."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from photos.models import Photo
from photos.searching import search
from photos.tests.factories import PhotoFactory
from tests.e2e.worker import Worker

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.fixture
def library(owner: object) -> list[Photo]:
    """Two days: five photographs, then three generated pictures."""
    photographs = [PhotoFactory.create(with_file=True, taken_at=NOON + timedelta(minutes=n)) for n in range(5)]
    day_after = NOON + timedelta(days=1)
    made = [
        PhotoFactory.create(generated=True, with_file=True, taken_at=day_after + timedelta(minutes=n)) for n in range(3)
    ]
    search.index([photo.pk for photo in photographs + made])
    return [*photographs, *made]


def test_days_are_told_with_what_they_hold(page: Page, library: list[Photo]) -> None:
    """Each day has one heading and an honest note."""
    page.goto("/")

    expect(page.get_by_role("heading", name="Monday 4 May")).to_be_visible()
    expect(page.locator(".day__note")).to_have_text(["3 pictures, 3 generated", "5 pictures"])


def test_scrolling_on_keeps_one_heading_for_each_day(page: Page, owner: object) -> None:
    """A day that goes on over the page's edge is continued under its heading."""
    PhotoFactory.create_batch(130, blank=True, taken_at=NOON)
    page.goto("/")
    page.keyboard.press("End")

    expect(page.locator(".photo-card")).to_have_count(130)
    expect(page.locator(".day__title")).to_have_count(1)
    expect(page.locator(".day__note")).to_have_text("130 pictures")


def test_words_narrow_the_list_and_stay_in_the_address(page: Page, library: list[Photo]) -> None:
    """Typing searches, the address can be shared with oneself, and clearing brings everything back."""
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("fox")

    expect(page.locator(".photo-card")).to_have_count(3)
    expect(page).to_have_url("/?q=fox")
    page.reload()
    expect(page.locator(".photo-card")).to_have_count(3)
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator(".photo-card")).to_have_count(8)


def test_filters_switch_on_and_off(page: Page, library: list[Photo]) -> None:
    """A chip narrows the list, combines with a model, and says when nothing is left."""
    page.goto("/")
    page.get_by_role("link", name="Photographs").click()

    expect(page.locator(".photo-card")).to_have_count(5)
    page.goto("/?source=photo&model=Stand-in+SDXL")
    expect(page.locator(".empty-state h2")).to_contain_text("Nothing matches")
    page.get_by_role("link", name="Photographs").click()
    expect(page.locator(".photo-card")).to_have_count(3)


def test_selected_pictures_become_favourites_and_back(page: Page, library: list[Photo]) -> None:
    """Ticks bring the bar; what it does can be undone."""
    page.goto("/")
    for box in page.locator(".photo-card__check").all()[:2]:
        box.check()

    expect(page.get_by_text("2 selected")).to_be_visible()
    page.get_by_role("toolbar", name="Selection").get_by_role("button", name="Favourite").click()
    expect(page.get_by_text("2 pictures added to favourites")).to_be_visible()
    expect(page.locator("[data-favourite]")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-favourite]")).to_have_count(0)


def test_the_grid_is_walked_by_keys(page: Page, library: list[Photo]) -> None:
    """Arrows move, x and Space tick, Ctrl+A ticks all, Esc clears, Enter opens."""
    page.goto("/")
    page.locator(".photo-card__link").first.focus()
    page.keyboard.press("x")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")

    expect(page.locator(".photo-card__check:checked")).to_have_count(2)
    page.keyboard.press("Control+a")
    expect(page.locator(".photo-card__check:checked")).to_have_count(8)
    page.keyboard.press("Escape")
    expect(page.locator(".photo-card__check:checked")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".viewer")).to_be_visible()


@pytest.mark.parametrize("size", ["1440"], indirect=True)
def test_keys_lead_into_the_grid_and_select_along_the_way(page: Page, library: list[Photo]) -> None:
    """From nowhere an arrow or j goes to the first picture; arrows with Shift select, Ctrl+D selects nothing."""
    page.goto("/")
    page.keyboard.press("j")

    expect(page.locator(".photo-card__link").first).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_text("3 selected")).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator(".photo-card__link").nth(1)).to_be_focused()
    page.keyboard.press("Control+d")
    expect(page.locator(".photo-card__check:checked")).to_have_count(0)


@pytest.mark.parametrize("size", ["1440"], indirect=True)
def test_a_key_acts_on_the_picture_with_the_focus(page: Page, library: list[Photo]) -> None:
    """When nothing is selected; what is thrown away hands the focus to its neighbour."""
    page.goto("/")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("f")

    expect(page.get_by_text("1 picture added to favourites")).to_be_visible()
    page.locator(".photo-card__link").first.focus()
    page.keyboard.press("Delete")
    expect(page.get_by_text("1 picture moved to the trash")).to_be_visible()
    expect(page.locator(".photo-card__link").nth(1)).to_be_focused()


@pytest.mark.parametrize("size", ["1440"], indirect=True)
def test_shift_delete_asks_before_a_picture_is_gone_for_good(page: Page, library: list[Photo], worker: Worker) -> None:
    """The one way past the trash is a question."""
    page.goto("/")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+Delete")

    page.get_by_role("dialog").get_by_role("button", name="Delete for good").click()
    expect(page.locator(".photo-card")).to_have_count(7)
    assert not Photo.objects.filter(pk=library[-1].pk).exists()


def test_the_empty_library_says_what_to_do(page: Page) -> None:
    """The first thing an owner sees is the way to the first picture."""
    page.goto("/")

    expect(page.get_by_role("heading", name="Your library is empty")).to_be_visible()
    expect(page.get_by_role("link", name="Choose pictures")).to_be_visible()
