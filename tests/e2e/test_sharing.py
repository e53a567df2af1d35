"""Making a link, and what a stranger sees through it."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from photos.imaging import thumbnailing
from photos.models import Photo
from photos.tests.factories import PhotoFactory
from sharing.models import SharedLink
from sharing.tests.factories import PASSWORD, LinkFactory, album_of


@pytest.fixture
def photos(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> list[Photo]:
    """Three pictures with their files."""
    monkeypatch.setattr(thumbnailing, "enqueue", lambda *args: None)
    made = [PhotoFactory(with_file=True, width=600, height=400, original_name="Secret.png") for _ in range(3)]
    for photo in made:
        thumbnailing.make_thumbnails(photo.pk)
    return made


@pytest.fixture
def stranger(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Somebody else's phone."""
    context: BrowserContext = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda message: broken.append(message.text) if "Content Security" in message.text else None)
    yield page
    context.close()
    assert broken == []


def test_a_link_is_made_in_two_clicks_and_opens_for_a_stranger(
    page: Page, context: BrowserContext, stranger: Page, photos: list[Photo]
) -> None:
    """It is copied at once; the stranger sees the picture and nothing of the library; revoking closes it."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/photos/{photos[0].pk}/")
    page.get_by_role("link", name="Share").first.click()
    page.get_by_role("button", name="Make and copy link").click()
    expect(page.get_by_role("heading", name="Link copied, works until")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    stranger.goto(address)

    expect(stranger.locator(".viewer__picture")).to_be_visible()
    assert "Secret" not in stranger.content()
    assert address == page.get_by_label("Address of the link").input_value()

    page.get_by_role("link", name="Change it").click()
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("Link revoked")).to_be_visible()
    stranger.reload()
    expect(stranger.get_by_role("heading", name="This link does not work")).to_be_visible()


def test_a_stranger_walks_through_an_album(stranger: Page, photos: list[Photo]) -> None:
    """By touch on the grid, by keys in the viewer, and back."""
    link = LinkFactory(photo=None, album=album_of(*photos))
    stranger.goto(link.address)
    stranger.locator(".photo-card__link").first.tap()
    expect(stranger.get_by_role("heading", name="Skagen in October, 1")).to_be_visible()
    stranger.keyboard.press("ArrowRight")
    expect(stranger.get_by_role("heading", name="Skagen in October, 2")).to_be_visible()
    stranger.keyboard.press("Escape")

    expect(stranger.get_by_role("heading", name="Skagen in October")).to_be_visible()
    expect(stranger.locator(".photo-card__link")).to_have_count(3)


def test_a_password_is_asked_for_by_keyboard_alone(stranger: Page, photos: list[Photo]) -> None:
    """A wrong one says so, the right one opens, and a new one closes again."""
    link = LinkFactory(photo=photos[0], locked=True)
    stranger.goto(link.address)
    stranger.keyboard.type("wrong")
    stranger.keyboard.press("Enter")
    expect(stranger.get_by_role("alert")).to_contain_text("That is not the password")
    stranger.keyboard.type(PASSWORD)
    stranger.keyboard.press("Enter")
    expect(stranger.locator(".viewer__picture")).to_be_visible()
    SharedLink.objects.filter(pk=link.pk).update(password=make_password("another"))
    stranger.reload()

    expect(stranger.get_by_label("Password")).to_be_visible()


def test_the_slide_show_begins_from_the_grid(stranger: Page, photos: list[Photo]) -> None:
    """And goes on to the next picture by itself."""
    link = LinkFactory(photo=None, album=album_of(*photos))
    stranger.goto(link.address)
    stranger.get_by_role("link", name="Slideshow").click()

    expect(stranger.locator("#slide-show")).to_have_attribute("aria-pressed", "true")
    expect(stranger.locator("body")).to_have_class("viewing visiting viewing--show")


def test_everything_works_without_scripts(browser: Browser, live_server: LiveServer, photos: list[Photo]) -> None:
    """Links and forms alone."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(LinkFactory(photo=None, album=album_of(*photos), locked=True).address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Show the pictures").click()
    page.locator(".photo-card__link").first.click()
    page.get_by_role("link", name="Next picture").click()

    expect(page.get_by_role("heading", name="Skagen in October, 2")).to_be_visible()
    context.close()
