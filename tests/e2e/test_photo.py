"""The photo page: keys, copying, the panel, and the way back."""

import pytest
from playwright.sync_api import Page, expect

from photos.models import Photo
from photos.tests.factories import PhotoFactory


@pytest.fixture
def photos(owner: object) -> list[Photo]:
    """Four pictures, the newest first."""
    return [PhotoFactory.create(generated=True, with_file=True) for _ in range(4)][::-1]


def test_keys_walk_through_the_list_and_back(page: Page, photos: list[Photo]) -> None:
    """j and the arrows go on, k goes back, Esc returns to the picture in the list."""
    page.goto("/")
    page.locator(".photo-card__link").first.click()
    page.wait_for_url("**/photos/**")
    page.keyboard.press("j")
    expect(page).to_have_url(f"/photos/{photos[1].pk}/")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(f"/photos/{photos[2].pk}/")
    page.keyboard.press("k")
    expect(page).to_have_url(f"/photos/{photos[1].pk}/")

    page.keyboard.press("Escape")
    expect(page.locator(f"#photo-{photos[1].pk} .photo-card__link")).to_be_focused()


def test_the_favourite_key_marks_and_unmarks(page: Page, photos: list[Photo]) -> None:
    """f marks, f again takes the mark back."""
    page.goto(photos[0].get_absolute_url())
    page.keyboard.press("f")

    expect(page.locator("#favourite-button")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("f")
    expect(page.locator("#favourite-button")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("size", ["1440"], indirect=True)
def test_the_panel_folds_away_and_stays_so(page: Page, photos: list[Photo]) -> None:
    """i folds the panel on a wide screen; the next picture keeps it folded."""
    page.goto(photos[0].get_absolute_url())
    page.keyboard.press("i")
    page.keyboard.press("j")

    expect(page).to_have_url(f"/photos/{photos[1].pk}/")
    expect(page.get_by_role("complementary", name="Details")).to_be_hidden()


def test_the_prompt_is_copied_and_that_is_said(page: Page, photos: list[Photo]) -> None:
    """The clipboard holds the prompt, and a live region tells."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(photos[0].get_absolute_url())
    page.get_by_role("button", name="Copy", exact=True).click()

    expect(page.locator("#announcer")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == photos[0].generation_prompt


def test_the_list_of_keys_opens_and_letters_can_be_switched_off(page: Page, photos: list[Photo]) -> None:
    """? shows the keys; with letters off, f does nothing and arrows still work."""
    page.goto(photos[0].get_absolute_url())
    page.keyboard.press("?")
    page.get_by_label("Single-letter keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("f")

    expect(page.locator("#favourite-button")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(f"/photos/{photos[1].pk}/")
