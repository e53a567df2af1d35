"""Handing pictures in through the browser."""

from django.core.files.storage import storages
from playwright.sync_api import FilePayload, Page, expect

from photos.models import Photo
from photos.tests import pictures
from photos.tests.factories import PhotoFactory
from tests.e2e.worker import Worker


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
    sent: list[str] = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url.rpartition("/uploads")[2]))
    page.goto("/")
    _choose(page, _file("again.png", _bytes_of(photo)), _file("new.png", pictures.png(seed=77)))

    expect(page.get_by_text("1 already here", exact=True)).to_be_visible()
    expect(page.get_by_text("1 imported", exact=True)).to_be_visible()
    assert sent.count("/") == 1


def test_a_long_list_shows_its_most_important_files(page: Page, worker: Worker) -> None:
    """Thousands of rows would stop the page."""
    photo = PhotoFactory(with_file=True)
    page.goto("/")
    _choose(page, *(_file(f"{number}.png", _bytes_of(photo)) for number in range(130)))
    page.get_by_role("button", name="Show every file").click()

    expect(page.get_by_text("130 already here", exact=True)).to_be_visible()
    expect(page.locator(".upload-file")).to_have_count(100)
    expect(page.get_by_text("30 more")).to_be_visible()


def test_without_scripts_a_plain_form_takes_pictures(page: Page, worker: Worker) -> None:
    """The page of imports works by itself."""
    page.goto("/uploads/")
    page.get_by_label("Pictures").set_input_files([_file("plain.png", pictures.png())])
    page.get_by_role("button", name="Import", exact=True).click()

    expect(page.get_by_text("plain.png")).to_be_visible()


def _bytes_of(photo: Photo) -> bytes:
    with storages["originals"].open(photo.local_storage_path or "") as file:
        return bytes(file.read())
