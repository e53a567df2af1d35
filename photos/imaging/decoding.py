"""Looking at a file that claims to be a picture, without trusting it."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image, UnidentifiedImageError

from photos.imaging import heif, scans
from photos.metadata.camera import camera_facts, place, plausible, taken_at
from photos.metadata.chunks import Chunks, read_chunks
from photos.metadata.descriptions import Described, describe
from photos.metadata.unpainted import unpainted

log = logging.getLogger(__name__)

# What is tried, and nothing else: Pillow knows formats that start other programs.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", *(["HEIF"] if heif.CAN_READ else []))
KNOWN = "JPEG, PNG, WebP, GIF, AVIF, TIFF and HEIC"
KINDS = {
    "JPEG": ("image/jpeg", "jpg"),
    "MPO": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "WEBP": ("image/webp", "webp"),
    "GIF": ("image/gif", "gif"),
    "AVIF": ("image/avif", "avif"),
    "TIFF": ("image/tiff", "tif"),
    "HEIF": ("image/heic", "heic"),
}
# Several pictures in one file of these are a film; in others they are pages or takes, of which the first is shown.
MOVING = {"GIF", "WEBP", "PNG", "AVIF"}
# How Pillow says that a text outgrew its limits; it has no error of its own for that.
TEXT_BOMBS = ("MAX_TEXT_CHUNK", "MAX_TEXT_MEMORY")
STALLS = "The picture is written so that decoding it would hardly come to an end."
ORIENTATION = 0x0112
SIDEWAYS = {5, 6, 7, 8}


class Refused(Exception):
    """The file cannot come into the library; its text is a sentence for the owner."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file proved to be. Width and height are as displayed, after turning it upright."""

    width: int
    height: int
    mime_type: str
    extension: str
    taken_at: datetime | None
    has_alpha: bool
    is_animated: bool
    camera: dict[str, Any] = field(default_factory=dict)
    place: dict[str, float] = field(default_factory=dict)
    chunks: Chunks = field(default_factory=dict)
    described: Described = field(default_factory=Described)

    def with_texts(self, texts: Chunks) -> "Examined":
        """Return the same with texts from beside the file; when and where the file itself says counts before them."""
        if not texts:
            return self
        chunks = {**texts, **self.chunks}
        said = describe(chunks)
        when, where = self.taken_at or plausible(said.taken_at), self.place or said.place
        return replace(self, chunks=chunks, described=said, taken_at=when, place=where)


def examine(path: Path) -> Examined:
    """Decode the whole file and return what it is.

    Raises:
        Refused: when it is not a whole picture of a format we take, or has too many pixels.
    """
    with opened(path) as image:
        _decode(image, path)
        return _facts(image)


def read_again(path: Path) -> Examined:
    """Return what a file of the library is. Pixels are decoded only where a prompt may be hidden in them.

    Raises:
        FileNotFoundError: when there is no such file.
        Refused: when it is no picture any more.
    """
    with opened(path) as image:
        try:
            if image.format != "PNG":
                return _facts(image)
            with unpainted(path) as telling:
                return _facts(image, telling)
        except Exception as error:
            raise _damaged(error) from error


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """Open a picture whose format and number of pixels we allow; nothing is decoded yet.

    Raises:
        FileNotFoundError: when there is no such file.
        Refused: when it is not such a picture.
    """
    with _bombs_raise():
        image = _open(path)
        with image:
            _refuse_excess(image, path)
            yield image


def _refuse_excess(image: Image.Image, path: Path) -> None:
    if image.width * image.height > settings.PIXEL_LIMIT:
        raise Refused(_too_many_pixels())
    if "progressive" in image.info and scans.has_too_many(path):
        raise Refused(STALLS)


def _open(path: Path) -> Image.Image:
    try:
        return Image.open(path, formats=FORMATS)
    except FileNotFoundError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(_too_many_pixels()) from error
    except UnidentifiedImageError as error:
        raise Refused(f"This is not a picture the library can read. It takes {KNOWN}.") from error
    except Exception as error:
        raise _damaged(error) from error


def _decode(image: Image.Image, path: Path) -> None:
    """Decode every pixel of the first frame: ``verify()`` would let a cut-off JPEG pass."""
    try:
        if image.format != "HEIF" or heif.decode(path) != image.size:
            image.load()
    except Exception as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> Refused:
    """Return the refusal for hostile bytes, which make the decoders raise nearly anything."""
    log.info("a picture could not be decoded: %s", type(error).__name__)
    if any(mark in str(error) for mark in TEXT_BOMBS):
        return Refused("The picture carries texts that unpack to more than is safe to read.")
    return Refused("The picture is damaged or cut off: it could not be read to its end.")


def _too_many_pixels() -> str:
    return f"The picture has more than {settings.PIXEL_LIMIT // 1_000_000} megapixels, the most the library takes."


@contextmanager
def _bombs_raise() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _facts(image: Image.Image, telling: Image.Image | None = None) -> Examined:
    """Return what a picture is, and what it tells, or ``telling`` tells in its place."""
    mime_type, extension = KINDS[image.format or ""]
    exif = _exif(telling or image)
    is_sideways = exif.get(ORIENTATION) in SIDEWAYS
    width, height = image.size[::-1] if is_sideways else image.size
    chunks = read_chunks(telling or image, pixels=image)
    described = describe(chunks)
    return Examined(
        width=width,
        height=height,
        mime_type=mime_type,
        extension=extension,
        taken_at=taken_at(exif) or plausible(described.taken_at),
        has_alpha=image.has_transparency_data,
        is_animated=bool(getattr(image, "is_animated", False)) and image.format in MOVING,
        camera=camera_facts(exif),
        place=place(exif) or described.place,
        chunks=chunks,
        described=described,
    )


def _exif(image: Image.Image) -> Image.Exif:
    try:
        return image.getexif()
    except Exception as error:  # a broken Exif part must not cost the picture
        log.info("an Exif part could not be read: %s", type(error).__name__)
        return Image.Exif()
