"""Looking at files that claim to be pictures."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from photos.imaging.decoding import Refused, examine
from photos.tests import pictures

EVERY_FORMAT = pictures.every_format()
DATE, OFFSET, EXPOSURE, F_NUMBER, ISO = 0x9003, 0x9011, 0x829A, 0x829D, 0x8827
FLASH, SUB_SECOND, DIGITIZED, DIGITIZED_OFFSET = 0x9209, 0x9291, 0x9004, 0x9012


@pytest.fixture
def file(tmp_path):
    """Return a function that writes bytes to a file with a misleading name."""

    def write(content: bytes) -> Path:
        path = tmp_path / "picture.txt"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("form", EVERY_FORMAT)
def test_every_format_is_known_by_its_bytes(file, form):
    """The name a file came with says nothing."""
    found = examine(file(EVERY_FORMAT[form]))

    assert (found.width, found.height, found.extension) == (12, 8, pictures.EXTENSIONS[form])


def test_a_picture_taken_sideways_has_its_upright_size(file):
    """The orientation a camera wrote is honoured."""
    found = examine(file(pictures.jpeg(12, 8, orientation=6)))

    assert (found.width, found.height) == (8, 12)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%!PS-Adobe-3.0 EPSF"]
)
def test_what_is_no_picture_is_refused(file, content):
    """Only the listed formats are even tried: others start programs."""
    with pytest.raises(Refused, match="not a picture"):
        examine(file(content))


@pytest.mark.parametrize("form", EVERY_FORMAT)
def test_a_cut_off_picture_is_refused(file, form):
    """The whole picture is decoded before it is believed."""
    with pytest.raises(Refused):
        examine(file(EVERY_FORMAT[form][: len(EVERY_FORMAT[form]) * 2 // 3]))


@pytest.mark.parametrize("size", [(20_000, 20_000), (12_500, 12_500)])
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(file, size):
    """A few hundred bytes may claim to be gigabytes."""
    with pytest.raises(Refused, match="more than 150 megapixels"):
        examine(file(pictures.huge_png(*size)))


def test_a_hundred_megapixels_are_allowed(file):
    """Our limit is the setting; Pillow's own, lower one is only for those who set none."""
    with pytest.raises(Refused, match="cut off"):
        examine(file(pictures.huge_png(10_000, 10_000)))


@pytest.mark.parametrize(
    ("offset", "expected"),
    [("+02:00", datetime(2024, 7, 1, 10, tzinfo=UTC)), (None, datetime(2024, 7, 1, 16, tzinfo=UTC))],
)
def test_the_capture_date_has_its_offset_or_the_owners(file, settings, offset, expected):
    """Old cameras know no zones."""
    settings.TIME_ZONE = "America/New_York"
    tags = {DATE: "2024:07:01 12:00:00"} | ({OFFSET: offset} if offset else {})

    assert examine(file(pictures.jpeg(tags=tags))).taken_at == expected


@pytest.mark.parametrize(
    "date", ["0000:00:00 00:00:00", "soon", "0001:01:01 00:00:00", "9999:12:31 23:59:59", "\0", ""]
)
def test_a_broken_capture_date_is_no_date(file, date):
    """A dead clock must not put a picture at the end of time."""
    assert examine(file(pictures.jpeg(tags={DATE: date}))).taken_at is None


def test_the_exposure_is_read(file):
    """Seconds, f-number and ISO, as numbers."""
    found = examine(file(pictures.jpeg(tags={EXPOSURE: 0.004, F_NUMBER: 2.8, ISO: 200})))

    assert found.camera == {"exposure": 0.004, "f_number": 2.8, "iso": 200}


def test_the_place_is_read(file):
    """South and west are negative."""
    exif = pictures.Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (33.0, 52.0, 4.8), 3: "E", 4: (151.0, 12.0, 36.0)})
    content = pictures.save(pictures.image(), "JPEG", exif=exif)

    assert examine(file(content)).place == {"latitude": -33.868, "longitude": 151.21}


def test_the_altitude_is_read_below_the_sea_too(file):
    """Metres, negative under water."""
    gps = {1: "N", 2: (1.0, 0.0, 0.0), 3: "W", 4: (2.0, 0.0, 0.0), 5: b"\x01", 6: 12.5}
    exif = pictures.Image.Exif()
    exif.get_ifd(0x8825).update(gps)
    content = pictures.save(pictures.image(), "JPEG", exif=exif)

    assert examine(file(content)).place == {"latitude": 1, "longitude": -2, "altitude": -12.5}


@pytest.mark.parametrize(("flash", "camera"), [(0x19, {"flash": True}), (0x10, {})])
def test_a_flash_is_noted_when_it_fired(file, flash, camera):
    """The lowest bit says so; the others tell of modes."""
    assert examine(file(pictures.jpeg(tags={FLASH: flash}))).camera == camera


def test_fractions_of_a_second_order_a_burst(file):
    """Cameras take many pictures in one second."""
    tags = {DATE: "2024:07:01 12:00:00", OFFSET: "+00:00", SUB_SECOND: "25"}

    assert examine(file(pictures.jpeg(tags=tags))).taken_at == datetime(2024, 7, 1, 12, 0, 0, 250_000, tzinfo=UTC)


def test_the_date_of_scanning_serves_when_there_is_no_other(file):
    """A scanner knows nothing else."""
    tags = {DIGITIZED: "2024:07:01 12:00:00", DIGITIZED_OFFSET: "+00:00"}

    assert examine(file(pictures.jpeg(tags=tags))).taken_at == datetime(2024, 7, 1, 12, tzinfo=UTC)


def test_settings_in_a_cameras_place_are_no_camera(file):
    """ComfyUI writes its graphs there."""
    exif = pictures.Image.Exif()
    exif[0x010F], exif[0x0110] = 'workflow:{"nodes": []}', 'prompt:{"1": {}}'
    content = pictures.save(pictures.image(), "WEBP", exif=exif)

    assert examine(file(content)).camera == {}


def test_a_moving_picture_is_known(file):
    """Its large rendition would stand still."""
    assert examine(file(pictures.gif(frames=3))).is_animated


def test_the_texts_of_a_png_are_read(file):
    """Latin and other letters are kept by different kinds of chunk."""
    texts = {"one": "café", "two": "日本"}

    assert examine(file(pictures.png(texts=texts))).chunks == texts


def test_a_jpeg_that_would_hardly_be_decoded_to_its_end_is_refused(file):
    """A few kilobytes can ask for thousands of rounds through all pixels."""
    content = pictures.save(pictures.image(), "JPEG", progressive=True)
    path = file(content)
    last = content.rindex(b"\xff\xda")

    assert examine(path).mime_type == "image/jpeg"
    path.write_bytes(content[:last] + content[last:-2] * 300 + content[-2:])
    with pytest.raises(Refused, match="hardly come to an end"):
        examine(path)
