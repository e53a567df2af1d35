"""The sample pictures of the demo library."""

import io
import json
from datetime import datetime

import pytest
from PIL import ExifTags, Image

from demo import pictures


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint small, to be quick."""
    monkeypatch.setattr(pictures, "LONG_SIDE", 120)
    monkeypatch.setattr(pictures, "SIDES", ((64, 64), (64, 96)))


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_every_sample_is_a_picture_with_a_name_of_its_own() -> None:
    samples = list(pictures.paint_samples(40))

    assert len({name for name, _ in samples}) == 40
    assert {opened(content).format for _, content in samples} == {"JPEG", "PNG"}


def test_photographs_tell_camera_and_date_oldest_first() -> None:
    shots = [opened(content) for name, content in pictures.paint_samples(12) if not name.endswith(".png")]

    dates = [shot.getexif().get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] for shot in shots]
    assert all(shot.getexif()[ExifTags.Base.Model] for shot in shots)
    assert dates == sorted(dates)
    assert datetime.strptime(dates[-1], "%Y:%m:%d %H:%M:%S") <= pictures.NEWEST


def test_made_pictures_carry_their_prompt() -> None:
    made = [opened(content) for name, content in pictures.paint_samples(8) if name.endswith(".png")]

    told = [json.loads(picture.info["invokeai_metadata"]) for picture in made]
    assert [metadata["positive_prompt"] for metadata in told] == list(pictures.STYLES[:2])


def test_samples_are_the_same_every_time() -> None:
    assert list(pictures.paint_samples(5)) == list(pictures.paint_samples(5))
