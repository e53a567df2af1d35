"""The owner's door, from the first visit to coming back."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django import Settings

from conftest import PASSWORD
from settings_app.door import claiming
from settings_app.models import ApplicationSettings


@pytest.fixture
def key(db: None, tmp_path: Path, settings: Settings) -> str:
    """The one-time key of a library without an owner."""
    settings.DATA_DIR = tmp_path
    return claiming.key()


def test_the_first_visit_tells_where_the_key_is(visitor_page: Page, key: str) -> None:
    """Whatever page was asked for."""
    visitor_page.goto("/settings/")

    expect(visitor_page.get_by_role("heading", name="This library has no owner yet")).to_be_visible()
    expect(visitor_page.get_by_text("python manage.py welcome_key")).to_be_visible()
    expect(visitor_page.get_by_role("textbox")).to_have_count(0)


def test_a_wrong_key_does_not_open(visitor_page: Page, key: str) -> None:
    """An old one, or one cut short."""
    visitor_page.goto(f"/welcome/?key={key[:-2]}")

    expect(visitor_page.get_by_role("alert")).to_contain_text("This key does not fit")


def test_the_key_claims_the_library_once(visitor_page: Page, key: str) -> None:
    """A weak password is told of, a good one opens the library, and the address is used up."""
    page = visitor_page
    page.goto(f"/welcome/?key={key}")
    page.get_by_label("Your name").fill("ada")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_label("Password again").fill("short")
    page.get_by_role("button", name="Make the library mine").click()
    expect(page.get_by_text("This password is too short")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("button", name="Make the library mine").click()

    expect(page.get_by_text("The library is yours")).to_be_visible()
    assert User.objects.get().username == "ada"
    page.context.clear_cookies()
    page.goto(f"/welcome/?key={key}")
    expect(page).to_have_url("/login/")


def test_the_owner_signs_in_and_out(page: Page) -> None:
    """Out is out: the way back leads to the login."""
    page.goto("/settings/")
    page.get_by_role("region", name="About").get_by_role("button", name="Sign out").click()
    expect(page).to_have_url("/login/")

    page.goto("/models/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("Name").fill("owner")
    page.get_by_label("Password").fill("not the one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("The name or the password is not right.")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url("/models/")


def test_shapes_are_added_moved_and_removed(page: Page) -> None:
    """The bar counts what is not saved, and a save keeps the order."""
    page.goto("/settings/")
    page.get_by_role("button", name="Add a shape").click()
    row = page.locator(".shape-row:visible").last
    row.get_by_label("Name").fill("Tall")
    row.get_by_label("Width").fill("640")
    row.get_by_label("Height").fill("1536")
    row.get_by_role("button", name="Move up").click()
    page.locator(".shape-row:visible").first.get_by_role("button", name="Remove this shape").click()
    expect(page.get_by_text("not saved")).to_be_visible()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    names = [shape["name"] for shape in ApplicationSettings.load().aspect_ratios]
    assert names == ["Portrait (2:3)", "Tall", "Landscape (3:2)"]


def test_the_connection_test_tells_what_is_wrong(page: Page) -> None:
    """Without saving anything."""
    page.goto("/settings/")
    page.get_by_label("Address of your own InvokeAI").fill("http://127.0.0.1:1")
    page.get_by_role("button", name="Test the connection").click()

    expect(page.locator("#connection")).to_contain_text("Nothing answers at http://127.0.0.1:1")
    assert ApplicationSettings.load().local_backend_url == "http://localhost:9090"


def test_the_theme_changes_at_once_and_stays(page: Page) -> None:
    """Without a flash at the next page."""
    page.goto("/settings/")
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    with page.expect_response("**/theme/"):
        page.get_by_role("region", name="About").get_by_role("button", name="Light or dark").click()
    after = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.reload()

    assert after != before
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == after


@pytest.mark.parametrize(
    "path", ["", "auth/user/", "models_catalog/model/", "albums/album/add/", "sharing/sharedlink/add/"]
)
def test_the_admin_works_under_the_strict_policy(page: Page, path: str) -> None:
    """No script or style of Django's is refused; the page's fixture would tell."""
    page.goto(f"/admin/{path}")

    expect(page.get_by_role("link", name="Gallery admin")).to_be_visible()
