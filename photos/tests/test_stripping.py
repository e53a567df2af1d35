"""Copies without metadata: they show the same, and tell nothing."""

import struct
import zlib

import pytest
from PIL import Image, ImageOps

from photos.decoding import read_again
from photos.stripping import CannotStrip, stripped
from photos.tests import containers, corpus, pictures

SECRET = b"SECRET"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRET</x:xmpmeta>'


def exif(orientation: int = 1) -> bytes:
    return containers.exif({containers.MAKE: "SECRET", 0x0112: orientation})


def strip(path, content: bytes, kind: str) -> bytes:
    path.write_bytes(content)
    return b"".join(stripped(path, f"image/{kind}"))


def shown(path, content: bytes) -> bytes:
    path.write_bytes(content)
    with Image.open(path) as picture:
        return ImageOps.exif_transpose(picture).convert("RGBA").tobytes()


@pytest.fixture
def file(tmp_path):
    """Where a file may be."""
    return tmp_path / "file"


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("jpeg", {"comment": SECRET, "icc_profile": b"profile", "progressive": True}),
        ("png", {"icc_profile": b"profile"}),
        ("webp", {"icc_profile": b"profile", "lossless": True}),
    ],
)
def test_the_picture_is_the_same_and_says_nothing(file, kind, options, orientation):
    """Pixels, colour profile and which way is up stay."""
    content = containers.file(kind.upper(), exif=exif(orientation), xmp=XMP, **options)
    plain = strip(file, content, kind)

    assert SECRET in content
    assert SECRET not in plain
    assert b"profile" in plain or kind == "png"
    assert shown(file, plain) == shown(file, content)
    with Image.open(file) as picture:
        assert picture.info["icc_profile"] == b"profile"


def test_what_is_behind_a_jpeg_is_left_out(file):
    """Phones hide films there, and second pictures with metadata of their own."""
    content = pictures.jpeg() + containers.file("JPEG", exif=exif())

    assert strip(file, content, "jpeg") == strip(file, pictures.jpeg(), "jpeg")


def test_texts_of_a_png_are_left_out(file):
    """In every spelling, and chunks nobody knows."""
    texts = pictures.png(texts={"parameters": "SECRET"})
    packed = zlib.compress(SECRET)
    chunk = struct.pack(">I", len(packed)) + b"prIv" + packed + struct.pack(">I", zlib.crc32(b"prIv" + packed))
    content = texts[:33] + chunk + texts[33:]
    plain = strip(file, content, "png")

    assert SECRET not in plain
    assert b"prIv" not in plain
    assert shown(file, plain) == shown(file, content)


def test_a_film_of_a_gif_goes_on(file):
    """Its comment goes, its frames and its loop stay."""
    content = pictures.save(
        pictures.image(), "GIF", save_all=True, append_images=[pictures.image(seed=1)], loop=0, comment=SECRET
    )
    plain = strip(file, content, "gif")
    file.write_bytes(plain)

    assert SECRET in content
    assert SECRET not in plain
    with Image.open(file) as picture:
        assert (picture.n_frames, picture.info["loop"]) == (2, 0)


@pytest.mark.parametrize("sample", corpus.samples(), ids=lambda sample: sample.name)
def test_no_generator_is_found_in_a_copy(file, sample):
    """Reading the copy again finds nothing, or there is no copy."""
    file.write_bytes(sample.content)
    kind = Image.open(file).format
    try:
        file.write_bytes(b"".join(stripped(file, f"image/{kind.lower()}")))
    except CannotStrip:
        return

    assert read_again(file).chunks == {}


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif"])
def test_a_file_that_ends_too_early_has_no_copy(file, kind):
    """Rather none than one that may still tell something."""
    content = containers.file(kind.upper())

    with pytest.raises(CannotStrip):
        strip(file, content[: len(content) * 2 // 3], kind)


def test_other_formats_are_refused_with_a_reason(file):
    """Taking their metadata out would change the picture."""
    with pytest.raises(CannotStrip, match="without changing the picture"):
        strip(file, pictures.save(pictures.image(), "TIFF"), "tiff")
