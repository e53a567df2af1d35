"""ZIPs of originals, and copies without metadata."""

import shutil
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import storages

from photos.acts import act_for, acting
from photos.acts.downloading import Download
from photos.choices import BulkState
from photos.files import archiving
from photos.models import BulkAction, Photo
from photos.tests import containers, pictures
from photos.tests.conftest import files_in
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def slowly(monkeypatch):
    """Let a worker pack, two photos at a time."""
    monkeypatch.setattr(Download, "is_quick", lambda self, photos, value: False)
    monkeypatch.setattr(Download, "part_size", 2)


def packed(value: str = "") -> BulkAction:
    return acting.begin(act_for("download"), Photo.objects.order_by("taken_at"), value)


def names(action: BulkAction) -> list[str]:
    with ZipFile(archiving.path_of(action)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_originals_come_under_readable_names(nudges, archives):
    """Each name once, whatever its capitals, and none leads out of the folder."""
    written = ["beach.png", "Beach.PNG", "../etc/passwd", "", "README.txt"]
    photos = [PhotoFactory(with_file=True, original_name=name) for name in written]
    action = packed()

    assert action.state == BulkState.DONE
    assert names(action) == ["beach.png", "Beach (2).PNG", "_etc_passwd.png", photos[3].filename, "README (2).txt"]
    with ZipFile(archiving.path_of(action)) as archive:
        assert archive.read("beach.png") == storages["originals"].open(photos[0].local_storage_path).read()


def without_metadata(*files: tuple[str, str, bytes]) -> dict[str, bytes]:
    """Return what an archive holds of some files, given as name, type and content, that a worker packs."""
    for name, kind, content in files:
        PhotoFactory(content=content, extension=name[-3:], mime_type=f"image/{kind}", original_name=name)
    action = packed(archiving.WITHOUT)
    assert action.state == BulkState.RUNNING
    acting.run(action.pk)
    with ZipFile(archiving.path_of(action)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_copies_without_metadata(nudges, archives):
    """A worker makes them, since it may mean decoding; what can be copied as it is needs no word."""
    secret = containers.exif({containers.MAKE: "SECRET"})
    tiff = pictures.save(pictures.image(), "TIFF", exif=secret)
    inside = without_metadata(("a.jpg", "jpeg", containers.file("JPEG", exif=secret)), ("b.tif", "tiff", tiff))

    assert list(inside) == ["a.jpg", "b.tif"]
    assert not any(b"SECRET" in content for content in inside.values())


def test_what_must_be_drawn_anew_is_told_in_the_archive(nudges, archives):
    """With the ending of what it became; nothing of its words is left."""
    tiff = pictures.save(pictures.image(), "TIFF", compression="jpeg", tiffinfo={271: "SECRET"})
    inside = without_metadata(("b.tif", "tiff", tiff))

    assert list(inside) == ["b.jpg", "README.txt"]
    assert archiving.DRAWN_ANEW in inside["README.txt"].decode()
    assert "- b.jpg" in inside["README.txt"].decode()
    assert b"SECRET" in tiff
    assert b"SECRET" not in inside["b.jpg"]


def test_what_is_damaged_is_told_in_the_archive(nudges, archives):
    """There is no copy of it without metadata."""
    inside = without_metadata(("b.tif", "tiff", b"II*\0nonsense"))

    assert list(inside) == ["README.txt"]
    assert "- b.tif: its metadata cannot be taken out" in inside["README.txt"].decode()


def test_a_single_one_that_must_be_drawn_anew_is_asked_about(owner_client, archives):
    """A page says so first; the worker makes a ZIP of the one copy."""
    tiff = pictures.save(pictures.image(), "TIFF", compression="jpeg")
    photo = PhotoFactory(content=tiff, extension="tif", mime_type="image/tiff", original_name="b.tif")
    page = owner_client.get(photo.plain_download_url)
    answer = owner_client.post("/photos/download/", {"photo": photo.pk, "metadata": "without", "anew": "1"})
    acting.run(BulkAction.objects.get().pk)

    assert "anew" in page.content.decode()
    assert "Content-Disposition" not in page
    assert "The ZIP with 1 picture is ready" in owner_client.get(answer["Location"]).content.decode()


def test_a_film_is_never_drawn_anew(nudges, archives):
    """It would stand still."""
    film = PhotoFactory(content=b"RIFF", mime_type="image/webp", extension="webp", metadata={"is_animated": True})
    action = packed(archiving.WITHOUT)
    acting.run(action.pk)

    assert names(action) == ["README.txt"]
    assert film.moves


def test_vanished_files_are_told_in_the_archive(nudges, archives):
    """The others are there."""
    PhotoFactory(with_file=True, original_name="here.png")
    PhotoFactory(original_name="gone.png")
    action = packed()

    assert names(action) == ["here.png", "README.txt"]
    with ZipFile(archiving.path_of(action)) as archive:
        assert "1 of 2 pictures are not in this archive" in archive.read("README.txt").decode()


def test_a_worker_goes_on_with_a_large_one(nudges, archives, slowly):
    """Part by part, into one archive."""
    PhotoFactory.create_batch(5, with_file=True, original_name="a.png")
    action = packed()
    for _ in range(3):
        acting.run(action.pk, seconds=0)
    acting.run(action.pk)

    action.refresh_from_db()
    assert action.state == BulkState.DONE
    assert names(action) == ["a.png", *(f"a ({number}).png" for number in range(2, 6))]


def test_a_torn_archive_is_begun_again(nudges, archives, slowly):
    """A worker was killed while it wrote."""
    PhotoFactory.create_batch(4, with_file=True, original_name="a.png")
    action = packed()
    acting.run(action.pk, seconds=0)
    with archiving.path_of(action).open("r+b") as file:
        file.truncate(50)
    acting.run(action.pk)

    action.refresh_from_db()
    assert (action.state, action.done, len(names(action))) == (BulkState.DONE, 4, 4)


def test_a_full_disk_is_told_before_anything_is_written(nudges, archives, monkeypatch):
    """With how much is missing."""
    PhotoFactory(with_file=True, file_size=5 * 1024**3)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 9, 1024**3))
    monkeypatch.setattr(Download, "is_quick", lambda self, photos, value: True)
    action = packed()

    assert action.state == BulkState.FAILED
    assert "5.0\xa0GB" in action.reason
    assert files_in(archives) == []


def test_a_disk_that_fills_up_is_told(nudges, archives, monkeypatch):
    """And the half archive is removed."""
    PhotoFactory(with_file=True)

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archiving, "_write", full)
    action = packed()

    assert (action.state, "disk is full" in action.reason) == (BulkState.FAILED, True)
    assert files_in(archives) == []


def test_a_cancelled_one_leaves_no_archive(nudges, archives, slowly):
    """Nor does one that is a day old."""
    PhotoFactory.create_batch(4, with_file=True)
    action = packed()
    acting.run(action.pk, seconds=0)
    acting.cancel(action.pk)
    acting.run(action.pk)

    assert files_in(archives) == []


def test_a_few_pictures_are_saved_at_once(owner_client, archives):
    """The address of the ZIP answers ranges, and is the owner's alone."""
    photos = PhotoFactory.create_batch(2, with_file=True)
    answer = owner_client.post("/photos/download/", {"photo": [photo.pk for photo in photos]})
    response = owner_client.get(answer["Location"])

    assert response["Content-Type"] == "application/zip"
    assert len(ZipFile(BytesIO(body(response))).namelist()) == 2
    part = owner_client.get(answer["Location"], headers={"range": "bytes=0-3"})
    assert (part.status_code, body(part)) == (206, b"PK\x03\x04")


def test_a_visitor_gets_no_archive(owner_client, visitor, archives):
    """Nor hears that there is one."""
    photos = PhotoFactory.create_batch(2, with_file=True)
    answer = owner_client.post("/photos/download/", {"photo": [photo.pk for photo in photos]})

    assert "/login/" in visitor.get(answer["Location"])["Location"]


def test_a_single_picture_needs_no_archive(owner_client, archives):
    """It is saved under its own name, with or without its metadata."""
    content = containers.file("JPEG", exif=containers.exif({containers.MAKE: "SECRET"}))
    photo = PhotoFactory(content=content, extension="jpg", mime_type="image/jpeg", file_size=len(content))
    as_it_is = owner_client.post("/photos/download/", {"photo": photo.pk}, follow=True)
    without = owner_client.post("/photos/download/", {"photo": photo.pk, "metadata": "without"}, follow=True)

    assert body(as_it_is) == content
    assert b"SECRET" not in body(without)
    assert photo.original_name in without["Content-Disposition"]
    assert without["ETag"] != as_it_is["ETag"]


def test_an_archive_that_is_gone_is_not_found(owner_client, archives):
    """It was forgotten after a day."""
    photos = PhotoFactory.create_batch(2, with_file=True)
    answer = owner_client.post("/photos/download/", {"photo": [photo.pk for photo in photos]})
    archiving.remove(BulkAction.objects.get())

    assert owner_client.get(answer["Location"]).status_code == 404
