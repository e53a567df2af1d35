"""A real browser, a real server and a worker. Without Chromium these tests are skipped, and say so."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.http import HttpRequest, HttpResponseBase
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.e2e.worker import Worker

# Playwright's loop runs in the thread of the test, which is no reason to keep the test from the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {"1440": (1440, 900), "390": (390, 844)}
# What a page can leave behind in a browser, besides cookies.
STORES = "local_storage,indexeddb,service_workers,cache_storage"
SCREENSHOTS = Path(__file__).parent / "screenshots"
expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.e2e)
            # A browser, a server and a worker share what the machine has left: twice more before it counts as broken.
            item.add_marker(pytest.mark.flaky(reruns=2, reruns_delay=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Let the fixtures know how the test went."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as it is installed on this machine."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if not program and os.environ.get("CI_REQUIRE_BROWSER") == "1":
        pytest.fail(f"CI_REQUIRE_BROWSER is set, and none of {', '.join(NAMES)} is installed.")
    if not program:
        pytest.skip(f"No browser: none of {', '.join(NAMES)} is installed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """The window: a desk and a phone."""
    return SIZES[request.param]


@pytest.fixture(scope="session", autouse=True)
def _kept_static_files() -> Iterator[None]:
    """Let the browser keep style sheets and scripts: they do not change while the tests run."""
    serve = StaticFilesHandlerMixin.serve

    def serve_kept(self: StaticFilesHandlerMixin, request: HttpRequest) -> HttpResponseBase:
        response = serve(self, request)
        response["Cache-Control"] = "max-age=3600, immutable"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandlerMixin, "serve", serve_kept)
        yield


@pytest.fixture(scope="session")
def windows(browser: Browser, live_server: LiveServer) -> Iterator[dict[tuple[int, int], BrowserContext]]:
    """A window of each size on the running gallery; addresses may be relative."""
    windows = {size: open_window(browser, live_server.url, size) for size in SIZES.values()}
    yield windows
    for window in windows.values():
        window.close()


def open_window(browser: Browser, url: str, size: tuple[int, int]) -> BrowserContext:
    """Open a window of its own, in which relative addresses lead to the gallery."""
    is_phone = size[0] < 720
    return browser.new_context(
        base_url=url,
        viewport={"width": size[0], "height": size[1]},
        has_touch=is_phone,
        is_mobile=is_phone,
        reduced_motion="reduce",
    )


@pytest.fixture
def context(
    windows: dict[tuple[int, int], BrowserContext], size: tuple[int, int], live_server: LiveServer
) -> Iterator[BrowserContext]:
    """A window that remembers nothing but style sheets and scripts."""
    window = windows[size]
    yield window
    for page in window.pages:
        page.close()
    window.clear_permissions()
    window.clear_cookies()
    _forget(window, live_server.url)


def _forget(window: BrowserContext, origin: str) -> None:
    page = window.new_page()
    window.new_cdp_session(page).send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": STORES})
    page.close()


@pytest.fixture
def visitor_page(context: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page nobody has signed in on. A script that breaks fails the test; a failed test leaves a picture."""
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda message: broken.extend(_violations(message.text)))
    yield page
    if request.node.stash.get(FAILED, False):
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{request.node.name}.png")
    assert not broken


@pytest.fixture
def page(visitor_page: Page, owner: User, live_server: LiveServer) -> Page:
    """The owner's page, signed in."""
    client = Client()
    client.force_login(owner)
    name = settings.SESSION_COOKIE_NAME
    visitor_page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return visitor_page


@pytest.fixture
def worker(live_server: LiveServer) -> Iterator[Worker]:
    """Runs the queued tasks while the test goes on; a task that breaks fails the test."""
    with Worker() as worker:
        yield worker
    assert not worker.failures, "\n".join(worker.failures)


def _violations(text: str) -> list[str]:
    return [text] if "Content Security Policy" in text else []
