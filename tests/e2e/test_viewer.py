"""The viewer: zoom, moving about, full screen, the slideshow, swipes."""

import pytest
from playwright.sync_api import Page, expect

from photos.models import Photo
from photos.tests.factories import PhotoFactory

ZOOM = "picture-zoom"
SEEN = "getComputedStyle(document.querySelector('.viewer__picture')).transform"


@pytest.fixture
def photos(owner: object) -> list[Photo]:
    """Three pictures, the newest first; too large for a screen, so that they have something to zoom to."""
    return [PhotoFactory.create(with_file=True, width=2000, height=1200) for _ in range(3)][::-1]


def _scale(page: Page) -> float:
    return float(page.evaluate(f"new DOMMatrix({SEEN}).a"))


def _place(page: Page) -> list[float]:
    return list(page.evaluate(f"(({{e, f}}) => [e, f])(new DOMMatrix({SEEN}))"))


def test_z_shows_pixels_and_brings_the_original(page: Page, photos: list[Photo]) -> None:
    """The original is asked for only when it is looked at closely; z again shows the whole."""
    page.goto(photos[0].get_absolute_url())
    picture = page.locator(".viewer__picture")
    expect(picture).to_have_attribute("src", photos[0].large_url)
    page.keyboard.press("z")

    expect(picture).to_have_attribute("src", photos[0].original_url)
    drawn = page.evaluate("document.querySelector('.viewer__picture').getBoundingClientRect().width")
    assert _scale(page) > 1
    assert drawn > 0
    page.keyboard.press("z")
    assert _scale(page) == 1


def test_plus_minus_and_arrows_work_by_keys_alone(page: Page, photos: list[Photo]) -> None:
    """Enlarged, the arrows move the picture; whole, they lead to the next one."""
    page.goto(photos[0].get_absolute_url())
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")

    assert _scale(page) > 2
    assert _place(page)[0] < 0
    expect(page.locator("#announcer")).to_contain_text("Enlarged")
    page.keyboard.press("Escape")
    assert _scale(page) == 1
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(photos[1].get_absolute_url())


def test_the_picture_never_leaves_its_stage(page: Page, photos: list[Photo]) -> None:
    """Moving ends at the edge."""
    page.goto(photos[0].get_absolute_url())
    page.keyboard.press("z")
    for _ in range(60):
        page.keyboard.press("ArrowLeft")
    farthest = _place(page)
    page.keyboard.press("ArrowLeft")

    assert _place(page) == farthest


@pytest.mark.parametrize("size", ["1440"], indirect=True)
def test_the_mouse_zooms_at_its_place_and_drags(page: Page, photos: list[Photo]) -> None:
    """Ctrl and the wheel, a drag, a double click."""
    page.goto(photos[0].get_absolute_url())
    page.mouse.move(300, 300)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    before = _place(page)
    page.mouse.down()
    page.mouse.move(340, 300)
    page.mouse.up()

    assert _scale(page) > 2
    assert _place(page)[0] == pytest.approx(before[0] + 40, abs=1)
    page.mouse.dblclick(500, 400)
    assert _scale(page) == 1


@pytest.mark.parametrize("size", ["390"], indirect=True)
def test_fingers_swipe_pinch_and_tap_twice(page: Page, photos: list[Photo]) -> None:
    """Left is on, two fingers enlarge, two taps show pixels or the whole."""
    page.goto(photos[0].get_absolute_url())
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *places: tuple[int, int]) -> None:
        touch.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(places)]},
        )

    fingers("touchStart", (300, 200))
    for x in range(290, 120, -20):
        fingers("touchMove", (x, 200))
    fingers("touchEnd")
    expect(page).to_have_url(photos[1].get_absolute_url())

    fingers("touchStart", (180, 160), (210, 160))
    for step in range(1, 6):
        fingers("touchMove", (180 - 15 * step, 160), (210 + 15 * step, 160))
    fingers("touchEnd")
    assert _scale(page) > 2
    page.touchscreen.tap(190, 160)
    page.touchscreen.tap(190, 160)
    assert _scale(page) == 1


def test_the_slideshow_goes_on_pauses_and_ends(page: Page, photos: list[Photo]) -> None:
    """s begins, Space pauses and goes on, and at the end of the list it is over."""
    page.clock.install()
    page.goto(photos[0].get_absolute_url())
    show = page.get_by_role("button", name="Slideshow")
    page.keyboard.press("s")
    expect(show).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("complementary", name="Details")).to_be_hidden()
    page.wait_for_timeout(300)
    page.clock.run_for(5100)
    expect(page).to_have_url(photos[1].get_absolute_url())

    page.wait_for_timeout(300)
    page.keyboard.press("Space")
    page.clock.run_for(20_000)
    expect(page).to_have_url(photos[1].get_absolute_url())
    page.keyboard.press("Space")
    page.wait_for_timeout(300)
    page.clock.run_for(5100)
    expect(page).to_have_url(photos[2].get_absolute_url())
    expect(page.locator("body")).not_to_have_class("viewing--show")


def test_the_keys_are_in_the_list_of_keys(page: Page, photos: list[Photo]) -> None:
    """What works is told."""
    page.goto(photos[0].get_absolute_url())
    page.keyboard.press("?")

    keys = page.get_by_role("dialog")
    for words in ("Zoom to pixels", "Full screen", "Slideshow", "Go to a date"):
        expect(keys.get_by_text(words)).to_be_visible()
    page.keyboard.type("slide")
    expect(keys.get_by_text("Slideshow")).to_be_visible()
    expect(keys.get_by_text("Go to a date")).to_be_hidden()


@pytest.mark.parametrize("size", ["1440"], indirect=True)
def test_the_page_fills_the_screen_and_stays_so(page: Page, photos: list[Photo]) -> None:
    """Shift+F shows the picture alone; the next one is shown so too."""
    page.goto(photos[0].get_absolute_url())
    page.keyboard.press("Shift+F")

    expect(page.get_by_role("complementary", name="Details")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(photos[1].get_absolute_url())
    assert page.evaluate("Boolean(document.fullscreenElement)")
    page.keyboard.press("Shift+F")
    expect(page.get_by_role("complementary", name="Details")).to_be_visible()


def test_the_next_picture_is_said_and_the_focus_stays(page: Page, photos: list[Photo]) -> None:
    """Who goes on by Tab and Enter can press Enter again."""
    page.goto(photos[0].get_absolute_url())
    page.get_by_role("link", name="Next picture").focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(photos[1].get_absolute_url())
    expect(page.get_by_role("link", name="Next picture")).to_be_focused()
    expect(page.locator("#announcer")).to_contain_text(photos[1].original_name)


def test_coming_back_after_a_reload_finds_the_picture(page: Page, photos: list[Photo]) -> None:
    """The way back does not depend on how the page came."""
    PhotoFactory.create_batch(150, blank=True)
    page.goto("/")
    page.goto(photos[1].get_absolute_url())
    page.reload()
    page.keyboard.press("Escape")

    expect(page.locator(f"#photo-{photos[1].pk} .photo-card__link")).to_be_focused()
    expect(page.locator(f"#photo-{photos[1].pk}")).to_be_in_viewport()


@pytest.mark.parametrize("size", ["1440"], indirect=True)
def test_coming_back_from_far_down_the_list_finds_the_picture(page: Page, photos: list[Photo]) -> None:
    """The list that comes back begins with the picture that was looked at last, and it has the focus."""
    PhotoFactory.create_batch(250, blank=True)
    page.goto("/")
    page.keyboard.press("End")
    page.locator(".photo-card").nth(199).locator("a").click()
    page.wait_for_load_state("networkidle")
    opened = page.locator(".viewer").get_attribute("data-photo")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".viewer")).not_to_have_attribute("data-photo", opened)
    page.wait_for_load_state("networkidle")
    shown = page.locator(".viewer").get_attribute("data-photo")
    page.keyboard.press("Escape")

    expect(page.locator(f"#photo-{shown} .photo-card__link")).to_be_focused()
    expect(page.locator(f"#photo-{shown}")).to_be_in_viewport()
