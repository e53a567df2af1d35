"""Walking along where a picture came from."""

import pytest
from playwright.sync_api import Page, expect

from photos.models import Photo
from photos.tests.factories import PhotoFactory


@pytest.fixture
def line(owner: object) -> list[Photo]:
    """A source, what was made from it, and what was made from that."""
    made = [PhotoFactory(with_file=True)]
    for _ in range(2):
        made.append(PhotoFactory(generated=True, with_file=True, source_image=made[-1]))
    return made


def test_keys_walk_to_the_source_and_back(page: Page, line: list[Photo]) -> None:
    """A comma goes to what it was made from, a full stop to what it led to."""
    page.goto(line[1].get_absolute_url())
    expect(page.get_by_role("navigation", name="How this picture came to be")).to_be_visible()
    page.keyboard.press(",")
    expect(page).to_have_url(line[0].get_absolute_url())
    expect(page.locator(".lineage__item--here")).to_have_attribute("href", line[0].get_absolute_url())
    page.keyboard.press(".")

    expect(page).to_have_url(line[1].get_absolute_url())


def test_arrows_walk_along_the_strip_and_the_focus_goes_on_in_the_next(page: Page, line: list[Photo]) -> None:
    """Enter opens what has the focus; the arrows then start from there."""
    page.goto(line[0].get_absolute_url())
    page.locator(".lineage__item--here").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(line[1].get_absolute_url())
    expect(page.locator(".lineage__item--here")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    expect(page).to_have_url(line[2].get_absolute_url())


def test_a_click_opens_a_relative(page: Page, line: list[Photo]) -> None:
    """The strip is made of links."""
    page.goto(line[2].get_absolute_url())
    page.locator(".lineage__item").first.click()

    expect(page).to_have_url(line[0].get_absolute_url())
