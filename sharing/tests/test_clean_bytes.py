"""What leaves through a link, read again by programs that did not make it."""

import io
import struct
import zlib
from collections.abc import Iterator
from zipfile import ZipFile

import exifread
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageOps

from photos.imaging import thumbnailing
from photos.metadata.stealth import read_stealth
from photos.tests import containers, corpus, pictures
from photos.tests.factories import PhotoFactory
from sharing.tests.factories import LinkFactory, album_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals", "thumbnails")]

SECRET = b"SECRET"
GPS_IFD, ARTIST, SERIAL, DATE = 0x8825, 0x013B, 0xA431, 0x9003
PROFILE = (
    pytest.importorskip("PIL.ImageCms")
    .ImageCmsProfile(pytest.importorskip("PIL.ImageCms").createProfile("sRGB"))
    .tobytes()
)
XMP = containers.xmp("<exif:GPSLatitude>52,30.0N</exif:GPSLatitude><dc:title>SECRET</dc:title>")
MIMES = {
    "JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif", "AVIF": "image/avif",
    "TIFF": "image/tiff", "HEIF": "image/heic",
}  # fmt: skip
# Which way is up; and what draws a TIFF: its size, its pixels and where they lie.
DRAWING_TAGS = {0x0112, 256, 257, 258, 259, 262, 273, 277, 278, 279, 284, 339, 34675}
QUIET_PNG = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"pHYs", b"eXIf"}


@pytest.fixture(autouse=True)
def nobody_is_nudged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thumbnailing, "enqueue", lambda *args: None)


def exif(orientation: int = 6) -> bytes:
    """An Exif block with everything a camera knows, and where it was."""
    block = Image.Exif()
    block[containers.MAKE], block[containers.MODEL], block[ARTIST] = "Canon", "EOS R5", "SECRET"
    block[0x0112] = orientation
    block.get_ifd(pictures.EXIF_IFD).update(
        {DATE: "2026:05:01 12:00:00", SERIAL: "SECRET", containers.MAKER_NOTE: SECRET}
    )
    block.get_ifd(GPS_IFD).update({1: "N", 2: (52.0, 30.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)})
    return block.tobytes()


def full(form: str) -> bytes:
    """A picture of a format with all that can be written into it."""
    options = {"exif": exif(), "icc_profile": PROFILE} if form != "GIF" else {"comment": SECRET}
    if form in {"JPEG", "PNG", "WEBP"}:
        options["xmp"] = XMP
    if form == "JPEG":
        options |= {"comment": SECRET, "quality": 90}
    return containers.file(form, **options)


def with_end(content: bytes, more: bytes) -> bytes:
    return content + more


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def hostile() -> dict[str, tuple[str, bytes]]:
    """Files that hide words where a careless reader does not look."""
    jpeg, png, webp, gif = (full(form) for form in ("JPEG", "PNG", "WEBP", "GIF"))
    segment = struct.pack(">BBH", 0xFF, 0xE1, len(exif()) + 2) + exif()
    mpf = struct.pack(">BBH", 0xFF, 0xE2, 4 + 6 + 2) + b"MPF\0" + b"SECRET"
    adobe = struct.pack(">BBH", 0xFF, 0xEE, 2 + 12 + 6) + b"Adobe\0\x64\0\0\0\0\x01" + SECRET
    packet = b"\x21\xff\x0bXMP DataXMP\x06SECRET\0"
    jumbf = struct.pack(">BBH", 0xFF, 0xEB, 6 + 8) + b"JP\0\0" + b"SECRET\0\0"
    end = png.index(b"IEND") - 4
    return {
        "behind the end of a JPEG": ("JPEG", jpeg + full("JPEG")),
        "several segments": ("JPEG", jpeg[:2] + segment * 3 + mpf + jumbf + adobe + jpeg[2:]),
        "PNG chunks behind the pixels": (
            "PNG",
            png[:end] + png_chunk(b"tEXt", b"parameters\0SECRET") + png_chunk(b"eXIf", exif()[6:])
            + png_chunk(b"caBX", SECRET) + png[end:],
        ),
        "behind the end of a PNG": ("PNG", png + SECRET),
        "blocks of a GIF": ("GIF", gif[:-1] + packet + b"\x21\x01\x01\0\x06SECRET\0" + gif[-1:]),
        "behind the end of a GIF": ("GIF", gif + SECRET),
        "chunks of a WebP nobody knows": ("WEBP", _riff(webp[12:] + b"C2PA" + struct.pack("<I", 6) + SECRET)),
        "behind the end of a WebP": ("WEBP", webp + SECRET),
    }  # fmt: skip


def _riff(chunks: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def photo_of(form: str, content: bytes, **values: object) -> object:
    with Image.open(io.BytesIO(content)) as image:
        width, height = ImageOps.exif_transpose(image).size
    return PhotoFactory(
        content=content, extension=pictures.EXTENSIONS[form], mime_type=MIMES[form], file_size=len(content),
        width=width, height=height, original_name="Secret place.jpg", **values,
    )  # fmt: skip


def fetched(visitor: Client, photo: object, name: str = "original", **rules: object) -> tuple[bytes, object]:
    link = LinkFactory(photo=photo, **{"may_download": True, **rules})
    values = [link.access_key] if name in {"all", "preview"} else [link.access_key, photo.pk]  # type: ignore[attr-defined]
    answer = visitor.get(reverse(f"sharing:{name}", args=values))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    return content, answer


def assert_says_nothing(content: bytes) -> None:
    """Read the bytes with Pillow, with exifread and with our own eyes."""
    assert {name for name in tags(content) if not name.startswith("Image ")} == set()
    with Image.open(io.BytesIO(content)) as image:
        assert set(image.getexif()) <= DRAWING_TAGS
        assert not image.getexif().get_ifd(GPS_IFD)
        assert not {"xmp", "comment", "parameters", "photoshop", "mp"} & set(image.info)
    for word in (SECRET, b"Canon", b"xmpmeta", b"GPSLatitude", b"Photoshop", b"caBX", b"C2PA", b"MPF\0", b"JP\0\0"):
        assert word not in content
    assert set(chunks(content)) <= QUIET_PNG | {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"EXIF"}


def tags(content: bytes) -> dict[str, object]:
    """Return what ExifRead, which shares no code with us, finds in a file."""
    try:
        return dict(exifread.process_file(io.BytesIO(content), details=True))
    except AssertionError:  # how it says that a HEIC has no Exif
        return {}


def chunks(content: bytes) -> Iterator[bytes]:
    """Yield the names of a PNG's or WebP's chunks, to the very end of the file."""
    if content.startswith(b"\x89PNG"):
        at = 8
        while at < len(content):
            length, name = struct.unpack_from(">I4s", content, at)
            yield name
            at += length + 12
    elif content.startswith(b"RIFF"):
        at = 12
        while at < len(content):
            name, length = struct.unpack_from("<4sI", content, at)
            yield name
            at += 8 + length + length % 2


def seen(content: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")


def far_apart(one: bytes, other: bytes) -> int:
    """The most any pixel differs, once both are the right way up."""
    first, second = seen(one), seen(other)
    assert first.size == second.size
    return max(abs(a - b) for a, b in zip(first.tobytes(), second.tobytes(), strict=True))


@pytest.mark.parametrize("form", MIMES)
def test_an_original_leaves_without_a_word(visitor: Client, form: str) -> None:
    """Every format; upright, with its colours, to the last bit of its pixels, and under a name that says nothing."""
    content = full(form)
    served, answer = fetched(visitor, photo_of(form, content))

    assert_says_nothing(served)
    assert far_apart(served, content) == 0
    assert answer["Content-Type"] == MIMES[form]  # type: ignore[index]
    extension = pictures.EXTENSIONS[form]
    assert answer["Content-Disposition"] == f'attachment; filename="photo-1.{extension}"'  # type: ignore[index]


@pytest.mark.parametrize("form", [form for form in MIMES if form != "GIF"])
def test_colour_profile_stays(visitor: Client, form: str) -> None:
    """Colours would be wrong without it."""
    served, _ = fetched(visitor, photo_of(form, full(form)))

    assert Image.open(io.BytesIO(served)).info["icc_profile"] == PROFILE


@pytest.mark.parametrize("case", hostile())
def test_words_in_odd_places_do_not_leave(visitor: Client, case: str) -> None:
    """Where a reader that stops at the first block would not look."""
    form, content = hostile()[case]
    served, _ = fetched(visitor, photo_of(form, content))

    assert_says_nothing(served)
    assert far_apart(served, content) == 0


@pytest.mark.parametrize("mark", [b"stealth_pnginfo", b"stealth_rgbinfo"])
@pytest.mark.parametrize("name", ["original", "grid", "large"])
def test_words_hidden_in_pixels_do_not_leave(visitor: Client, mark: bytes, name: str) -> None:
    """Some generators write the prompt into the lowest bits, where no list of chunks shows it."""
    content = corpus.stealthy(b"SECRET fox", mark)
    photo = photo_of("PNG", content)
    thumbnailing.make_thumbnails(photo.pk)  # type: ignore[attr-defined]
    served, _ = fetched(visitor, photo, name)

    assert read_stealth(Image.open(io.BytesIO(content))) == {"parameters": "SECRET fox"}
    with Image.open(io.BytesIO(served)) as image:
        assert read_stealth(image) == {}
        assert image.mode == "RGB"


def test_a_file_that_cannot_be_read_does_not_leave(visitor: Client) -> None:
    """Better nothing than something with who knows what in it."""
    photo = photo_of("JPEG", full("JPEG"))
    link = LinkFactory(photo=photo, may_download=True)
    with open(_path(photo), "wb") as file:
        file.write(full("JPEG")[:60] + SECRET)

    answer = visitor.get(reverse("sharing:original", args=[link.access_key, photo.pk]))  # type: ignore[attr-defined]

    assert answer.status_code == 404


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("name", ["grid", "large", "preview"])
def test_a_rendition_says_nothing(visitor: Client, form: str, name: str) -> None:
    """They are made of pixels alone."""
    photo = photo_of(form, full(form))
    thumbnailing.make_thumbnails(photo.pk)  # type: ignore[attr-defined]
    served, _ = fetched(visitor, photo, name)

    assert_says_nothing(served)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_details_leave_without_the_place(visitor: Client, form: str) -> None:
    """Camera and date by name; no serial number, no maker's note, no coordinates, no XMP."""
    served, answer = fetched(visitor, photo_of(form, full(form)), show_details=True)
    with Image.open(io.BytesIO(served)) as image:
        written = image.getexif()
        place, part = written.get_ifd(GPS_IFD), written.get_ifd(pictures.EXIF_IFD)

    assert (written[containers.MODEL], part[DATE], place) == ("EOS R5", "2026:05:01 12:00:00", {})
    assert SECRET not in served
    assert b"GPSLatitude" not in served
    assert far_apart(served, full(form)) == 0
    assert "Secret place" in answer["Content-Disposition"]  # type: ignore[index]


def test_prompts_leave_in_the_file_only_with_details(visitor: Client) -> None:
    """As their generator wrote them."""
    content = pictures.png(texts={"parameters": "a fox", "GPSLatitude": "52"})
    photo = photo_of("PNG", content, is_generated=True)
    plain, _ = fetched(visitor, photo)
    told, _ = fetched(visitor, photo, show_details=True)

    assert b"a fox" not in plain
    assert b"a fox" in told
    assert b"GPSLatitude" not in told


def test_only_with_the_place_the_file_is_untouched(visitor: Client) -> None:
    """Byte for byte what the owner has."""
    content = full("JPEG")
    served, _ = fetched(visitor, photo_of("JPEG", content), show_details=True, show_location=True)

    assert served == content


def test_a_zip_holds_the_same_clean_files(visitor: Client) -> None:
    """Under neutral names, and without the time they were taken."""
    photos = [photo_of(form, full(form)) for form in ("JPEG", "PNG", "HEIF")]
    album = album_of(*photos)  # type: ignore[arg-type]
    served, _ = fetched(visitor, None, "all", album=album)
    with ZipFile(io.BytesIO(served)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["photo-1.jpg", "photo-2.png", "photo-3.heic"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            assert_says_nothing(archive.read(name))


def _path(photo: object) -> str:
    from django.core.files.storage import storages

    return str(storages["originals"].path(photo.local_storage_path))  # type: ignore[attr-defined]
