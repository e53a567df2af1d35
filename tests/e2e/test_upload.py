"""Handing pictures in through the browser."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import storages
from django.db import OperationalError
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from conftest import PASSWORD
from photos.intake import receiving
from photos.models import IncomingUpload, Photo
from photos.tests import pictures
from photos.tests.factories import PhotoFactory
from tests.e2e.conftest import open_window
from tests.e2e.worker import Worker


@pytest.fixture
def context(browser: Browser, size: tuple[int, int], live_server: LiveServer) -> Iterator[BrowserContext]:
    """A window of its own: what sends the files outlives the pages of a test."""
    window = open_window(browser, live_server.url, size)
    yield window
    window.close()


def _file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def _choose(page: Page, *files: FilePayload) -> None:
    page.locator("[data-pick=files]").set_input_files(list(files))


def test_new_pictures_appear_by_themselves(page: Page, worker: Worker) -> None:
    """What was chosen is sent, looked at and shown, without loading the page again."""
    page.goto("/")
    _choose(page, *(_file(f"{n}.png", pictures.png(seed=n)) for n in range(3)))

    expect(page.get_by_role("region", name="Import")).to_contain_text("3 imported")
    page.goto("/")
    expect(page.locator(".photo-card")).to_have_count(3)
    assert Photo.objects.visible().count() == 3


def test_a_file_that_is_here_already_leads_to_its_picture(page: Page, worker: Worker) -> None:
    """A duplicate is told and not added."""
    photo = PhotoFactory.create(with_file=True)
    page.goto("/")
    _choose(page, _file("again.png", _bytes_of(photo)))
    page.get_by_role("button", name="Show every file").click()

    expect(page.locator(".upload-file__state")).to_have_text("Already here")
    page.get_by_role("link", name="again.png").click()
    expect(page).to_have_url(photo.get_absolute_url())


def test_a_file_that_is_in_the_trash_can_be_restored(page: Page, worker: Worker) -> None:
    """The panel offers what the owner most likely wants."""
    photo = PhotoFactory.create(with_file=True, trashed=True)
    page.goto("/")
    _choose(page, _file("again.png", _bytes_of(photo)))
    page.get_by_role("button", name="Show every file").click()
    page.get_by_role("region", name="Import").get_by_role("button", name="Restore").click()

    expect(page.locator(".upload-file__state")).to_have_text("Restored")
    assert Photo.objects.visible().get() == photo


def test_a_broken_file_is_refused_with_its_reason(page: Page, worker: Worker) -> None:
    """One bad file does not stop the others."""
    page.goto("/")
    _choose(page, _file("notes.png", b"these are words"), _file("good.png", pictures.png()))
    page.get_by_role("button", name="Show every file").click()

    expect(page.locator("[data-state=refused] .upload-file__state")).to_contain_text("Not imported: ")
    expect(page.locator("[data-state=accepted] .upload-file__name")).to_have_text("good.png")


def test_what_is_here_already_is_not_sent(page: Page, worker: Worker) -> None:
    """The browser hashes first and asks."""
    photo = PhotoFactory(with_file=True)
    page.goto("/")
    _choose(page, _file("again.png", _bytes_of(photo)), _file("new.png", pictures.png(seed=77)))

    expect(page.get_by_text("1 already here", exact=True)).to_be_visible()
    expect(page.get_by_text("1 imported", exact=True)).to_be_visible()
    assert [upload.original_name for upload in IncomingUpload.objects.all()] == ["new.png"]


def test_a_long_list_shows_its_most_important_files(page: Page, worker: Worker) -> None:
    """Thousands of rows would stop the page."""
    photo = PhotoFactory(with_file=True)
    page.goto("/")
    _choose(page, *(_file(f"{number}.png", _bytes_of(photo)) for number in range(130)))
    page.get_by_role("button", name="Show every file").click()

    expect(page.get_by_text("130 already here", exact=True)).to_be_visible()
    expect(page.locator(".upload-file")).to_have_count(100)
    expect(page.get_by_text("30 more")).to_be_visible()


class Gate:
    """Lets as many files into the gallery as it is told to; the others stay on their way."""

    def __init__(self, receive: Callable[..., Any]) -> None:
        self._receive = receive
        self._passes = threading.Semaphore(0)
        self._inside = 0
        self._changed = threading.Condition()
        self.is_away = False

    def __call__(self, *args: Any) -> Any:
        """Take a file in as soon as it may pass."""
        self._count(1)
        try:
            assert self._passes.acquire(timeout=30)
            if self.is_away:
                raise OperationalError
            return self._receive(*args)
        finally:
            self._count(-1)

    def close(self) -> None:
        """Let all pass, and wait for them: what is on its way must not arrive in the next test."""
        self.let_in(1000)
        with self._changed:
            assert self._changed.wait_for(lambda: self._inside == 0, timeout=30)

    def _count(self, number: int) -> None:
        with self._changed:
            self._inside += number
            self._changed.notify_all()

    def let_in(self, count: int) -> None:
        """Let some more pass."""
        self._passes.release(count)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Files pass one by one, when the test says so."""
    gate = Gate(receiving.receive)
    monkeypatch.setattr(receiving, "receive", gate)
    yield gate
    gate.close()


def test_an_upload_goes_on_while_the_pages_change(page: Page, worker: Worker, gate: Gate) -> None:
    """Bytes under way are not lost, and every file arrives exactly once."""
    page.goto("/")
    _choose(page, *(_file(f"{n}.png", pictures.png(seed=n)) for n in range(8)))
    gate.let_in(2)
    expect(_panel(page)).to_contain_text("Importing 3 of 8")
    page.goto("/albums/")
    expect(_panel(page)).to_contain_text("Importing 3 of 8")
    gate.let_in(2)
    expect(_panel(page)).to_contain_text("Importing 5 of 8")
    page.goto("/shared/")
    gate.let_in(4)

    expect(_panel(page)).to_contain_text("8 imported")
    assert sorted(IncomingUpload.objects.values_list("original_name", flat=True)) == [f"{n}.png" for n in range(8)]
    assert Photo.objects.visible().count() == 8


def test_two_pages_show_the_same_upload(page: Page, context: BrowserContext, worker: Worker, gate: Gate) -> None:
    """What is cancelled in one is cancelled in the other, too."""
    other = context.new_page()
    other.goto("/albums/")
    page.goto("/")
    _choose(page, *(_file(f"{n}.png", pictures.png(seed=n)) for n in range(5)))
    expect(_panel(other)).to_contain_text("Importing 1 of 5")
    other.get_by_role("button", name="Cancel the import").click()

    expect(_panel(page)).to_be_hidden()
    expect(_panel(other)).to_be_hidden()
    gate.let_in(5)


def test_an_upload_waits_for_its_owner_to_sign_in(page: Page, owner: User, worker: Worker, gate: Gate) -> None:
    """Nothing fails, and nothing is chosen again."""
    page.goto("/")
    _choose(page, *(_file(f"{n}.png", pictures.png(seed=n)) for n in range(5)))
    expect(_panel(page)).to_contain_text("Importing 1 of 5")
    page.context.clear_cookies(name="sessionid")
    gate.let_in(3)
    expect(_panel(page)).to_contain_text("You are signed out")
    expect(_panel(page).get_by_role("button", name="Try again")).to_be_visible()
    gate.let_in(10)
    page.goto("/")
    page.locator("[name=username]").fill(owner.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(_panel(page)).to_contain_text("5 imported")
    assert Photo.objects.visible().count() == 5


def test_an_upload_waits_for_a_gallery_that_is_away(page: Page, worker: Worker, gate: Gate) -> None:
    """It goes on by itself, or at once when told to."""
    page.goto("/")
    gate.is_away = True
    _choose(page, *(_file(f"{n}.png", pictures.png(seed=n)) for n in range(5)))
    gate.let_in(3)
    expect(_panel(page)).to_contain_text("The gallery does not answer")
    gate.is_away = False
    gate.let_in(10)
    _panel(page).get_by_role("button", name="Try again").click()

    expect(_panel(page)).to_contain_text("5 imported")
    assert Photo.objects.visible().count() == 5


def test_without_a_shared_worker_the_next_page_goes_on(page: Page, worker: Worker, gate: Gate) -> None:
    """Some phones have none: what is not sent is kept on the device meanwhile, and nothing is asked."""
    page.add_init_script("delete globalThis.SharedWorker")
    page.goto("/")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    _choose(page, *(_file(f"{n}.png", pictures.png(seed=n)) for n in range(5)))
    expect(_panel(page)).to_contain_text("Importing 1 of 5")
    page.wait_for_function("indexedDB.databases().then((all) => all.length > 0)")
    page.locator("#main").click(position={"x": 2, "y": 2})
    page.evaluate("location.assign('/albums/')")
    page.wait_for_url("**/albums/")
    expect(_panel(page)).to_contain_text("Importing 1 of 5")
    gate.let_in(20)

    expect(_panel(page)).to_contain_text("imported")
    assert asked == []
    assert Photo.objects.visible().count() == 5
    page.goto("/shared/")
    expect(_panel(page)).to_be_hidden()


def test_where_nothing_can_be_kept_the_page_asks_before_it_goes(page: Page, worker: Worker, gate: Gate) -> None:
    """What is not sent would be lost."""
    page.add_init_script("delete globalThis.SharedWorker")
    page.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    page.goto("/")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    _choose(page, *(_file(f"{n}.png", pictures.png(seed=n)) for n in range(2)))
    expect(_panel(page)).to_contain_text("Importing 1 of 2")
    page.locator("#main").click(position={"x": 2, "y": 2})
    page.goto("/albums/")
    assert asked == ["beforeunload"]

    gate.let_in(2)
    page.goto("/")
    _choose(page, _file("later.png", pictures.png(seed=9)))
    gate.let_in(1)
    expect(_panel(page)).to_contain_text("1 imported")


def test_going_on_within_the_gallery_asks_nothing(page: Page, worker: Worker, gate: Gate) -> None:
    """Only closing the last page would lose something."""
    page.goto("/")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    _choose(page, *(_file(f"{n}.png", pictures.png(seed=n)) for n in range(2)))
    expect(_panel(page)).to_contain_text("Importing 1 of 2")
    page.locator("#main").click(position={"x": 2, "y": 2})
    page.evaluate("location.assign('/albums/')")
    page.wait_for_url("**/albums/")
    expect(_panel(page)).to_contain_text("Importing 1 of 2")
    assert asked == []

    page.locator("#main").click(position={"x": 2, "y": 2})
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)


def test_without_scripts_a_plain_form_takes_pictures(page: Page, worker: Worker) -> None:
    """The page of imports works by itself."""
    page.goto("/uploads/")
    page.get_by_label("Pictures").set_input_files([_file("plain.png", pictures.png())])
    page.get_by_role("button", name="Import", exact=True).click()

    expect(page.get_by_text("plain.png")).to_be_visible()


def _panel(page: Page) -> Locator:
    return page.get_by_role("region", name="Import")


def _bytes_of(photo: Photo) -> bytes:
    with storages["originals"].open(photo.local_storage_path or "") as file:
        return bytes(file.read())


def test_a_folder_can_be_chosen_by_keys(page: Page, worker: Worker, tmp_path: Path) -> None:
    """The menu stays reachable when the library is no longer empty; what is no picture stays outside."""
    (tmp_path / "trip").mkdir()
    (tmp_path / "trip" / "1.png").write_bytes(pictures.png(seed=1))
    (tmp_path / "notes.txt").write_text("words")
    page.goto("/")
    page.get_by_role("button", name="Import pictures").press("Enter")
    with page.expect_file_chooser() as chooser:
        page.locator("#import-menu").get_by_role("button", name="Choose a folder").press("Enter")
    chooser.value.set_files(tmp_path)

    expect(_panel(page)).to_contain_text("1 imported")
    expect(page.locator("#import-menu")).to_be_hidden()
