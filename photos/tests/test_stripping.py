"""Copies without metadata: they show the same, and tell nothing."""

import contextlib
import io
import struct
import zlib

import exifread
import pytest
from PIL import Image, ImageCms, ImageOps

from photos.imaging.decoding import read_again
from photos.stripping.copying import CannotStrip, stripped
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


def test_the_small_picture_in_a_jpegs_first_segment_is_left_out(file):
    """It may show what was cut off since."""
    plain = pictures.jpeg()
    assert plain[2:4] == b"\xff\xe0"
    small = bytes([4, 4]) + b"SECRETSECRET" * 4
    content = plain[:4] + struct.pack(">H", 14 + len(small)) + plain[6:18] + small + plain[20:]
    copy = strip(file, content, "jpeg")

    assert b"SECRET" not in copy
    assert shown(file, copy) == shown(file, plain)


def test_words_between_the_frames_of_a_webp_are_left_out(file):
    """Every frame stays, with its time."""
    frames = [pictures.image(seed=seed, mode="RGBA") for seed in range(3)]
    film = io.BytesIO()
    frames[0].save(film, "WEBP", save_all=True, append_images=frames[1:], duration=[100, 200, 300], lossless=True)
    plain = film.getvalue()
    at = plain.index(b"ANMF")
    (length,) = struct.unpack_from("<I", plain, at + 4)
    words = b"XMP " + struct.pack("<I", 6) + b"SECRET"
    inside = plain[: at + 4] + struct.pack("<I", length + len(words)) + plain[at + 8 : at + 8 + length] + words
    content = inside + plain[at + 8 + length :]
    content = content[:4] + struct.pack("<I", len(content) - 8) + content[8:]
    copy = strip(file, content, "webp")

    assert b"SECRET" in content
    assert copy == strip(file, plain, "webp")
    assert Image.open(io.BytesIO(copy)).n_frames == 3


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


PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
CONTAINERS = [("AVIF", "avif"), ("HEIF", "heic"), ("TIFF", "tiff")]


@pytest.mark.parametrize("orientation", [1, 3, 6])
@pytest.mark.parametrize(("form", "kind"), CONTAINERS)
def test_containers_lose_their_words_and_keep_their_pixels(file, form, kind, orientation):
    """Bit by bit: nothing is encoded anew. The profile and which way is up stay."""
    options = {} if form == "TIFF" else {"xmp": XMP}
    content = pictures.save(pictures.image(64, 40), form, exif=exif(orientation), icc_profile=PROFILE, **options)
    plain = strip(file, content, kind)

    assert SECRET in content
    assert SECRET not in plain
    assert shown(file, plain) == shown(file, content)
    file.write_bytes(plain)
    with Image.open(file) as picture:
        assert picture.info["icc_profile"] == PROFILE
        assert set(picture.getexif()) & {containers.MAKE, 0x8825, 0x8769} == set()
        assert not picture.info.get("xmp")


@pytest.mark.parametrize(("form", "kind"), CONTAINERS[:2])
def test_a_name_given_to_the_pictures_of_a_container_is_left_out(file, form, kind):
    """It stands at the end of the box that says that they are pictures."""
    nameless = pictures.save(pictures.image(), form)
    at = nameless.index(b"hdlr") + 28
    plain = strip(file, nameless[:at] + b"S" + nameless[at + 1 :], kind)

    assert plain[at] == 0
    assert shown(file, plain) == shown(file, nameless)


@pytest.mark.parametrize("form", ["TIFF", "HEIF"])
def test_another_reader_finds_nothing_to_tell(file, form):
    """ExifRead shares no code with what wrote the file."""
    file.write_bytes(strip(file, pictures.save(pictures.image(), form, exif=exif()), CONTAINED[form]))
    with file.open("rb") as plain:
        try:
            tags = exifread.process_file(plain)
        except AssertionError:  # how it says that a HEIC has no Exif
            tags = {}

    assert not [name for name in tags if "Make" in name or "EXIF" in name or "GPS" in name]
    assert ("Image ImageWidth" in tags) == (form == "TIFF")


CONTAINED = dict(CONTAINERS)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "1", "I;16", "CMYK", "P"])
@pytest.mark.parametrize("packing", [None, "tiff_lzw", "tiff_adobe_deflate", "packbits"])
def test_every_common_tiff_stays_as_it_is(file, mode, packing):
    """All its pages do, with what is behind their pixels left out."""
    pages = [
        Image.new("I;16", (70, 30), 5000) if mode == "I;16" else pictures.image(70, 30, seed=seed).convert(mode)
        for seed in (1, 2)
    ]
    content = pictures.save(
        pages[0], "TIFF", save_all=True, append_images=pages[1:], compression=packing, tiffinfo={271: "SECRET"}
    )
    plain = strip(file, content + SECRET, "tiff")

    assert SECRET not in plain
    file.write_bytes(plain)
    with Image.open(file) as picture:
        assert picture.n_frames == 2
        for number, page in enumerate(pages):
            picture.seek(number)
            assert (picture.mode, picture.tobytes()) == (page.mode, page.tobytes())


@pytest.mark.parametrize(("form", "kind"), CONTAINERS)
def test_hostile_containers_have_no_copy_or_a_plain_one(file, form, kind):
    """Wherever a byte is wrong, a copy comes out or the refusal, and never another error."""
    content = pictures.save(pictures.image(), form, exif=exif())
    words = content.index(SECRET)
    for at in range(min(len(content), 700)):
        if words <= at < words + len(SECRET):
            continue
        broken = bytearray(content)
        broken[at] ^= 0xFF
        with contextlib.suppress(CannotStrip):
            strip(file, bytes(broken), kind)


def test_a_tiff_whose_pages_go_round_is_refused(file):
    """And does not stall."""
    content = bytearray(pictures.save(pictures.image(), "TIFF"))
    at = struct.unpack_from("<I", content, 4)[0]
    (count,) = struct.unpack_from("<H", content, at)
    struct.pack_into("<I", content, at + 2 + 12 * count, at)

    with pytest.raises(CannotStrip):
        strip(file, bytes(content), "tiff")


def test_a_film_of_avif_is_refused(file):
    """Its words stand in places of their own."""
    frames = [pictures.image(16, 16, seed=seed) for seed in (1, 2)]
    content = pictures.save(frames[0], "AVIF", save_all=True, append_images=frames[1:])

    with pytest.raises(CannotStrip):
        strip(file, content, "avif")


def test_pixels_packed_as_a_jpeg_are_refused_with_a_reason(file):
    """Words may stand among them: taking those out would change the picture."""
    with pytest.raises(CannotStrip, match="without changing the picture"):
        strip(file, pictures.save(pictures.image(), "TIFF", compression="jpeg"), "tiff")
