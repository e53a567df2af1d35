"""ZIPs that are known before they are made, and gone on with after a break."""

import io
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from lib import clock
from photos.models import Photo
from sharing import measuring, packing, planning, tasks
from sharing.gate import Closed
from sharing.models import CleanCopy, SharedLink
from sharing.tests.factories import LinkFactory, album_of, complete_photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals", "thumbnails")]


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What workers were asked for."""
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr(packing, "enqueue", lambda *args: asked.append(args))
    monkeypatch.setattr(tasks, "enqueue", lambda *args: asked.append(args))
    return asked


@pytest.fixture
def link() -> SharedLink:
    """A link to an album of three that may be downloaded, one of them with a name of its own."""
    photos = [complete_photo(original_name=name) for name in ("fog.png", "fog.png", "Ærø.png")]
    made: SharedLink = LinkFactory(photo=None, album=album_of(*photos), may_download=True, show_details=True)
    return made


def get(visitor: Client, link: SharedLink, **headers: str) -> Any:
    asked = {name.replace("_", "-"): value for name, value in headers.items()}
    return visitor.get(reverse("sharing:all", args=[link.access_key]), headers=asked)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_zip_that_is_not_measured_is_sent_all_the_same(
    visitor: Client, link: SharedLink, asked: list[tuple[Any, ...]]
) -> None:
    """And a worker is asked to measure it, once."""
    answers = [get(visitor, link), get(visitor, link)]
    for answer in answers:
        assert ZipFile(io.BytesIO(body(answer))).testzip() is None

    assert {answer["Accept-Ranges"] for answer in answers} == {"none"}
    assert asked == [(tasks.measure_copies, link.pk)]


def test_a_measured_zip_tells_its_length_and_holds_the_same(visitor: Client, link: SharedLink) -> None:
    """Another program reads it: the names, the dates, the bytes."""
    streamed = ZipFile(io.BytesIO(body(get(visitor, link))))
    tasks.measure_copies(str(link.pk))
    answer = get(visitor, link)
    content = body(answer)
    planned = ZipFile(io.BytesIO(content))

    assert (int(answer["Content-Length"]), answer["Accept-Ranges"]) == (len(content), "bytes")
    assert planned.testzip() is None
    assert planned.namelist() == streamed.namelist() == ["fog.png", "fog (2).png", "Ærø.png"]
    assert [one.date_time for one in planned.infolist()] == [one.date_time for one in streamed.infolist()]
    assert [planned.read(name) for name in planned.namelist()] == [streamed.read(name) for name in streamed.namelist()]


def test_a_download_goes_on_where_it_stopped(visitor: Client, link: SharedLink) -> None:
    """From any byte; unless the album changed meanwhile, for which the whole comes anew."""
    tasks.measure_copies(str(link.pk))
    first = get(visitor, link)
    content = body(first)
    for at in (1, 40, len(content) // 2, len(content) - 5):
        rest = get(visitor, link, Range=f"bytes={at}-", If_Range=first["ETag"])

        assert (rest.status_code, body(rest)) == (206, content[at:])
    Photo.objects.filter(pk=link.album.photos.first().pk).update(deleted_at=clock.now())
    assert get(visitor, link, Range="bytes=40-", If_Range=first["ETag"]).status_code == 200


def test_pictures_before_the_wanted_part_are_not_copied(
    visitor: Client, link: SharedLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Going on costs what is left, not the whole."""
    tasks.measure_copies(str(link.pk))
    size = int(get(visitor, link)["Content-Length"])
    monkeypatch.setattr(packing.cleaning, "copy", lambda *args: pytest.fail("a picture was copied"))

    assert body(get(visitor, link, Range=f"bytes={size - 10}-"))


def test_revoking_ends_a_planned_download(visitor: Client, link: SharedLink) -> None:
    """The gate is asked again before each picture."""
    tasks.measure_copies(str(link.pk))
    pieces = iter(get(visitor, link).streaming_content)
    next(pieces)
    SharedLink.objects.update(revoked_at=clock.now())

    with pytest.raises(Closed):
        list(pieces)


def test_a_copy_that_is_not_as_long_as_it_was_ends_the_download(visitor: Client, link: SharedLink) -> None:
    """Better a torn file than a wrong one; it is measured again."""
    tasks.measure_copies(str(link.pk))
    CleanCopy.objects.update(size=7)

    with pytest.raises(packing.Changed):
        body(get(visitor, link))
    assert CleanCopy.objects.count() == 2


def test_what_cannot_be_copied_is_tried_once(visitor: Client, link: SharedLink) -> None:
    """The ZIP is sent without it, and says so."""
    damaged = link.album.photos.first()
    storages["originals"].delete(damaged.local_storage_path)
    storages["originals"].save(damaged.local_storage_path, ContentFile(b"SECRET"))
    tasks.measure_copies(str(link.pk))

    assert sorted(bool(copy.size) for copy in CleanCopy.objects.all()) == [False, True, True]
    assert not measuring.measure_some(link)
    assert "README.txt" in ZipFile(io.BytesIO(body(get(visitor, link)))).namelist()


def test_a_worker_measures_some_at_a_time(
    link: SharedLink, monkeypatch: pytest.MonkeyPatch, asked: list[tuple[Any, ...]]
) -> None:
    """And asks to go on; twice is as good as once."""
    monkeypatch.setattr(measuring, "AT_ONCE", 2)
    tasks.measure_copies(str(link.pk))
    tasks.measure_copies(str(link.pk))
    tasks.measure_copies(str(link.pk))

    assert CleanCopy.objects.count() == 3
    assert asked == [(tasks.measure_copies, str(link.pk))]


def test_what_four_bytes_cannot_hold_stands_in_longer_fields(
    visitor: Client, link: SharedLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As archives of more than four gigabytes, or of more than 65,535 pictures, need it."""
    tasks.measure_copies(str(link.pk))
    short = body(get(visitor, link))
    monkeypatch.setattr(planning, "LONGEST", 50)
    monkeypatch.setattr(planning, "MOST", 2)
    content = body(get(visitor, link))
    long = ZipFile(io.BytesIO(content))

    assert b"PK\6\6" not in short
    assert b"PK\6\6" in content
    assert long.testzip() is None
    assert len(long.namelist()) == 3
