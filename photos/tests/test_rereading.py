"""Reading originals again."""

import uuid

import pytest
from django.core.files.storage import storages
from PIL import ImageFile, PngImagePlugin

from photos.imaging import decoding
from photos.models import Photo
from photos.rereading import reread
from photos.tests import containers, corpus, pictures
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db

A1111 = pictures.png(texts={"parameters": corpus.A1111})
TITLED = containers.file("JPEG", xmp=containers.xmp(containers.listed("dc:title", ["Dawn"], "Alt"), 'xmp:Rating="4"'))


def read_again(photo: Photo) -> Photo:
    assert reread(photo.pk)
    return Photo.objects.get(pk=photo.pk)


def test_a_picture_that_was_taken_for_a_photograph_is_known():
    """Its generator was not known when it came in."""
    photo = read_again(PhotoFactory(content=A1111))

    assert photo.is_generated
    assert photo.generation_prompt == f"{corpus.LORA_PROMPT}\nsecond line"
    assert photo.model_name == "m"


def test_an_empty_title_is_filled():
    """And the stars with it."""
    photo = read_again(PhotoFactory(content=TITLED, extension="jpg"))

    assert (photo.title, photo.rating) == ("Dawn", 4)


def test_what_the_owner_wrote_stays():
    """Also what the owner took away."""
    photo = read_again(PhotoFactory(content=TITLED, extension="jpg", title="Mine", rating=1))
    Photo.objects.filter(pk=photo.pk).update(title="", rating=0)
    photo = read_again(photo)

    assert (photo.title, photo.rating) == ("", 0)


def test_what_the_file_said_before_is_brought_up_to_date():
    """Nobody edited it since."""
    written = {"title": "D", "rating": 3, "taken_at": "2026-05-01T12:00:00+00:00"}
    photo = read_again(
        PhotoFactory(content=TITLED, extension="jpg", title="D", rating=3, metadata={"written": written})
    )

    assert (photo.title, photo.rating) == ("Dawn", 4)


def test_the_date_stays_when_the_owner_moved_it():
    """Only a date that is still the file's is read again."""
    content = containers.file("JPEG", xmp=containers.xmp(attributes='xmp:CreateDate="2024-07-01T12:00:00Z"'))
    photo = PhotoFactory(content=content, extension="jpg", metadata={"written": {"taken_at": "2020-01-01T00:00:00Z"}})

    assert read_again(photo).taken_at == photo.taken_at


def test_how_a_picture_was_made_here_stays():
    """The row knows it better than the file."""
    photo = PhotoFactory(content=A1111, generated=True, invoke_id="a.png", server="http://localhost:9090")

    assert read_again(photo).generation_prompt == photo.generation_prompt


def test_facts_of_others_stay_in_the_metadata():
    """They are not ours to forget."""
    photo = read_again(PhotoFactory(content=TITLED, extension="jpg", metadata={"theirs": 1, "camera": {"make": "Old"}}))

    assert photo.metadata["theirs"] == 1
    assert "camera" not in photo.metadata


def test_reading_twice_changes_nothing_more():
    """Tasks may run twice."""
    photo = read_again(PhotoFactory(content=TITLED, extension="jpg"))
    again = read_again(photo)

    assert (photo.metadata, photo.title, photo.taken_at) == (again.metadata, again.title, again.taken_at)


def test_what_is_gone_is_passed_over():
    """The row, or the file."""
    photo = PhotoFactory(content=TITLED, extension="jpg")
    storages["originals"].delete(photo.local_storage_path)

    assert not reread(photo.pk)
    assert not reread(uuid.uuid4())


@pytest.mark.parametrize("sample", corpus.samples(), ids=lambda sample: sample.name)
def test_reading_again_finds_what_the_import_found(tmp_path, sample):
    """Whatever wrote the file, and wherever in it."""
    file = tmp_path / "file"
    file.write_bytes(sample.content)

    assert decoding.read_again(file) == decoding.examine(file)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_no_pixel_is_decoded(tmp_path, monkeypatch, mode):
    """Texts and Exif are found before and behind the pixels; where they say how it was made, nothing is hidden."""
    info = PngImagePlugin.PngInfo()
    info.add_text("parameters", "1")
    info.add(b"tEXt", b"Behind\0" + b"2", after_idat=True)
    exif = containers.exif({containers.MAKE: "Maker"})
    content = pictures.save(pictures.image().convert(mode), "PNG", pnginfo=info, exif=exif)
    file = tmp_path / "file.png"
    file.write_bytes(content)
    sizes: list[tuple[int, int]] = []
    load = ImageFile.ImageFile.load
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: sizes.append(image.size) or load(image))
    found = decoding.read_again(file)

    assert {"parameters": "1", "Behind": "2"}.items() <= found.chunks.items()
    assert (found.camera["make"], found.width) == ("Maker", 12)
    assert set(sizes) <= {(1, 1)}


def test_no_photograph_in_webp_is_decoded(tmp_path, monkeypatch):
    """Reading thousands again must not cost as much as looking at them for the first time."""
    file = tmp_path / "file.webp"
    file.write_bytes(pictures.save(pictures.image(), "WEBP", exif=containers.exif({containers.MAKE: "Maker"})))
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: pytest.fail("it was decoded"))

    assert decoding.read_again(file).camera["make"] == "Maker"


def test_a_png_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path):
    """The library has it; reading it again must not fail."""
    file = tmp_path / "file.png"
    file.write_bytes(pictures.png(texts={"parameters": "a fox\nSteps: 3, Seed: 1"})[:-30])

    assert decoding.read_again(file).chunks["parameters"].startswith("a fox")
