"""The search box: suggestions, chips, the panel, saved searches, all by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from photos.searching import search
from photos.tests.factories import PhotoFactory


@pytest.fixture
def library(owner: object) -> None:
    """Three pictures of one model, two of another, one photograph."""
    made = [PhotoFactory(generated=True, with_file=True, model_name="Dream Shaper") for _ in range(3)]
    made += [PhotoFactory(generated=True, with_file=True, model_name="Juggernaut", rating=4) for _ in range(2)]
    camera = {"make": "Canon", "model": "Canon EOS R5"}
    photograph = PhotoFactory(with_file=True, metadata={"camera": camera}, title="Harbour")
    search.index([photo.pk for photo in [*made, photograph]])


def test_a_filter_is_typed_with_suggestions_and_becomes_a_chip(page: Page, library: None) -> None:
    """Down and Enter take the name, then the value; the address holds it; backspace takes the chip away."""
    page.goto("/")
    box = page.get_by_role("combobox", name="Search words and filters")
    page.keyboard.press("/")
    page.keyboard.type("mod")

    expect(page.get_by_role("option").first).to_contain_text("model:")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("model:")
    expect(page.get_by_role("option").first).to_have_text("Dream Shaper3")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator(".photo-card")).to_have_count(3)
    expect(page).to_have_url("/?q=model%3A%22Dream+Shaper%22")
    expect(page.get_by_role("link", name="Remove: Model: Dream Shaper")).to_be_visible()
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    page.keyboard.press("Backspace")
    expect(page.locator(".photo-card")).to_have_count(6)
    expect(page).to_have_url("/")


def test_escape_closes_the_list_and_keeps_the_text(page: Page, library: None) -> None:
    """The list is help, never in the way."""
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("harb")
    expect(page.locator(".photo-card")).to_have_count(1)
    page.keyboard.press("Control+a")
    page.keyboard.type("cam")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("option").first).to_be_hidden()
    expect(page.get_by_role("combobox")).to_have_value("cam")


def test_a_suggestion_can_be_pressed(page: Page, library: None) -> None:
    """With a finger or a mouse."""
    page.goto("/")
    page.get_by_role("combobox").click()
    page.keyboard.type("camera:")
    page.get_by_role("option", name="Canon EOS R5").click()

    expect(page.locator(".photo-card")).to_have_count(1)
    expect(page.get_by_role("link", name="Remove: Camera: Canon EOS R5")).to_be_visible()


@pytest.mark.parametrize("size", ["1440"], indirect=True)
def test_typing_leaves_one_address_and_a_way_back(page: Page, library: None) -> None:
    """One step back lies the list one came from, not half a word; how much was found is said."""
    page.goto("/?q=is%3Agenerated")
    page.keyboard.press("/")
    for letter in "dream":
        page.keyboard.type(letter)
        page.wait_for_timeout(300)
    page.keyboard.press("Enter")

    expect(page).to_have_url("/?q=dream+is%3Agenerated")
    expect(page.locator("#found")).to_have_text("3 pictures")
    page.go_back()
    expect(page).to_have_url("/?q=is%3Agenerated")
    expect(page.locator("#found")).to_have_text("5 pictures")


def test_a_taken_suggestion_leaves_the_pictures_in_sight(page: Page, library: None) -> None:
    """The list does not open again by itself."""
    page.goto("/")
    page.get_by_role("combobox").click()
    page.keyboard.type("camera:")
    page.get_by_role("option", name="Canon EOS R5").click()
    expect(page.get_by_role("link", name="Remove: Camera: Canon EOS R5")).to_be_visible()
    page.wait_for_timeout(400)

    expect(page.get_by_role("combobox")).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_mistake_is_told_beside_the_box(page: Page, library: None) -> None:
    """And the rest applies."""
    page.goto("/")
    page.get_by_role("combobox").fill("rating:>=4 colour:red ")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").get_by_text("There is no filter called “colour”.")).to_be_visible()
    expect(page.locator(".photo-card")).to_have_count(2)


def test_the_panel_writes_the_same_text(page: Page, library: None) -> None:
    """Fields for those who do not type."""
    page.goto("/?q=is:generated")
    page.get_by_role("link", name="More filters").click()
    panel = page.get_by_role("dialog", name="Filters")
    expect(panel.get_by_label("Kind")).to_have_value("generated")
    panel.get_by_label("Rating").select_option("3")
    panel.get_by_role("button", name="Show pictures").click()

    expect(page.locator(".photo-card")).to_have_count(2)
    expect(page).to_have_url("/?q=is%3Agenerated+rating%3A%3E%3D3")


def test_a_search_is_saved_found_again_and_deleted_with_a_way_back(page: Page, library: None) -> None:
    """An album that fills itself."""
    page.goto("/?q=model:dream")
    page.get_by_role("link", name="Save search").click()
    page.get_by_label("Name").fill("Dreams")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved as “Dreams”")).to_be_visible()

    page.goto("/searches/")
    page.get_by_role("link", name="Dreams").click()
    expect(page.locator(".photo-card")).to_have_count(3)
    page.goto("/searches/")
    page.get_by_role("button", name="Delete Dreams").click()
    expect(page.get_by_role("heading", name="No saved searches yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Dreams")).to_be_visible()
