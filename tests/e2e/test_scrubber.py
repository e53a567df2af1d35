"""Reaching any date, going on from there both ways, and a page that stays small."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from photos.models import Photo
from photos.tests.factories import PhotoFactory

NEWEST = datetime(2026, 5, 20, 12, tzinfo=UTC)
DESK = pytest.mark.parametrize("size", ["1440"], indirect=True)
TOP = "document.querySelector('#{}').getBoundingClientRect().top"


@pytest.fixture
def years(owner: object) -> list[Photo]:
    """A picture every second day for more than two years, the newest first."""
    rows = [
        PhotoFactory.build(blank=True, width=1200, height=800, taken_at=NEWEST - timedelta(days=2 * n))
        for n in range(420)
    ]
    return Photo.objects.bulk_create(rows)


@DESK
def test_a_month_of_the_scrubber_is_one_press_away(page: Page, years: list[Photo]) -> None:
    """The list begins at the month, the address says so, and coming back works."""
    page.goto("/")
    page.get_by_role("link", name="March 2025").dispatch_event("click")

    expect(page).to_have_url("/?at=2025-03")
    expect(page.get_by_role("heading", name="March 2025", exact=True)).to_be_in_viewport()
    expect(page.locator(".scrubber__here")).to_have_text("Mar")
    page.go_back()
    expect(page.get_by_role("heading", name="May 2026", exact=True)).to_be_in_viewport()


@DESK
def test_pointing_names_the_month_and_dragging_goes_there(page: Page, years: list[Photo]) -> None:
    """The label follows the pointer; where it is let go, the list begins."""
    page.goto("/")
    tick = page.locator("[data-at='2025-06']")
    expect(tick).to_be_visible()
    box = tick.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] - 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2)
    expect(page.locator(".scrubber__here")).to_have_text("Jun 2025, 15 pictures")
    page.mouse.up()

    expect(page).to_have_url("/?at=2025-06")
    expect(page.get_by_role("heading", name="June 2025", exact=True)).to_be_in_viewport()


def test_g_opens_dates_and_a_day_is_gone_to(page: Page, years: list[Photo]) -> None:
    """A date field and all months; the search is kept."""
    page.goto("/?q=is%3Aphoto")
    page.locator(".photo-card").first.wait_for()
    page.keyboard.press("g")
    page.get_by_label("Date", exact=True).fill("2025-01-10")
    page.get_by_role("button", name="Go", exact=True).click()

    expect(page).to_have_url("/?q=is%3Aphoto&at=2025-01-10")
    expect(page.get_by_role("heading", name="January 2025", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_months_of_the_dialog_lead_there(page: Page, years: list[Photo]) -> None:
    """On a phone this is the scrubber."""
    page.goto("/")
    page.get_by_role("link", name="Go to a date").click()
    page.get_by_role("dialog").get_by_role("link", name="Aug 2024").click()

    expect(page).to_have_url("/?at=2024-08")
    expect(page.get_by_role("heading", name="August 2024", exact=True)).to_be_in_viewport()


def test_newer_pictures_come_above_without_a_jump(page: Page, years: list[Photo]) -> None:
    """Who begins in the middle can scroll up to the first picture; what is seen stays where it is."""
    page.goto("/?at=2025-03")
    expect(page.locator(".photo-card")).not_to_have_count(100)
    top = page.evaluate(TOP.format("month-2025-03"))

    page.wait_for_timeout(500)
    assert page.evaluate(TOP.format("month-2025-03")) == pytest.approx(top, abs=2)
    for _ in range(6):
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(300)
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(f"#photo-{years[0].pk}")).to_be_in_viewport()
    assert page.locator(".month").all_inner_texts() == sorted(
        page.locator(".month").all_inner_texts(), key=lambda text: datetime.strptime(text, "%B %Y"), reverse=True
    )
    assert len(set(page.locator(".month").all_inner_texts())) == page.locator(".month").count()


@DESK
def test_letters_jump_by_day_month_and_year(page: Page, years: list[Photo]) -> None:
    """d, m and y go back, with Shift forward."""
    page.goto("/")
    _wait_for_months(page)
    page.keyboard.press("m")
    expect(page).to_have_url("/?at=2026-04")
    expect(page.get_by_role("heading", name="April 2026", exact=True)).to_be_in_viewport()
    _wait_for_months(page)
    page.keyboard.press("y")
    expect(page).to_have_url("/?at=2025-12")
    expect(page.get_by_role("heading", name="December 2025", exact=True)).to_be_in_viewport()
    _wait_for_months(page)
    page.keyboard.press("Shift+M")
    expect(page).to_have_url("/?at=2026-01")
    expect(page.get_by_role("heading", name="January 2026", exact=True)).to_be_in_viewport()
    page.wait_for_timeout(500)
    page.keyboard.press("d")

    expect(page.locator(".photo-card__link:focus")).to_have_count(1)


@DESK
def test_the_page_stays_small_and_keeps_ticks_however_far_one_goes(page: Page, owner: object) -> None:
    """Pictures far away leave the page and come back; what is selected stays selected."""
    Photo.objects.bulk_create(
        [
            PhotoFactory.build(blank=True, width=1200, height=800, taken_at=NEWEST - timedelta(hours=3 * n))
            for n in range(2400)
        ]
    )
    page.goto("/")
    first = page.locator(".photo-card").first.get_attribute("id")
    page.locator(".photo-card__check").first.check(force=True)
    _scroll(page, 1, f"!document.querySelector('.day #{first}')")

    assert page.locator(".day .photo-card").count() <= 1600
    expect(page.locator(".selection-bar__count")).to_contain_text("1 selected")
    _scroll(page, -1, f"document.querySelector('.day #{first}')")
    expect(page.locator(f".day #{first} .photo-card__check")).to_be_checked()
    expect(page.locator(".timeline__parked .photo-card")).to_have_count(0)


def test_dates_work_without_scripts(page: Page, years: list[Photo]) -> None:
    """The months are a page of plain links."""
    page.goto("/timeline/months/")
    page.get_by_role("link", name="Mar 2025").click()

    expect(page).to_have_url("/?at=2025-03")
    expect(page.get_by_role("heading", name="March 2025", exact=True)).to_be_in_viewport()


def _scroll(page: Page, direction: int, until: str) -> None:
    """Scroll on, a few screens at a time, until something holds."""
    for _ in range(200):
        if page.evaluate(f"Boolean({until})"):
            return
        page.evaluate(f"scrollBy(0, {direction * 5000})")
        page.wait_for_timeout(100)
    pytest.fail(f"Scrolled far, and still not: {until}")


def _wait_for_months(page: Page) -> None:
    """The letters know where to jump once the months of the page that was jumped to are here."""
    page.wait_for_load_state("networkidle")
    expect(page.locator(".scrubber__month").first).to_be_visible()
