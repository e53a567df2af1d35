"""The bytes that leave: copies that show the same picture and tell what the link tells, and no more.

Without details nothing is written in them but the colour profile and which way is up. With details they keep what the
camera and the generator wrote, out of a list of harmless fields; only when the place may be told they are the untouched
original, in which it may stand anywhere.
"""

import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import storages
from PIL import Image

from photos import storing
from photos.decoding import opened
from photos.models import Photo
from photos.shaping import smoothed, to_srgb, upright
from photos.stripping import NOTHING, CannotStrip, stripped_copy
from sharing import written
from sharing.models import SharedLink

JPEG = "image/jpeg"
PNG = "image/png"
EXTENSIONS = {JPEG: "jpg", PNG: "png", "image/webp": "webp", "image/gif": "gif"}
QUALITY = 95
IN_MEMORY = 8 * 1024 * 1024
# An alpha channel that never falls below this is noise, or a message hidden in it.
OPAQUE = 250


class Level(StrEnum):
    """How much a copy tells."""

    PLAIN = "plain"
    DETAILED = "detailed"
    UNTOUCHED = "untouched"


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to send, its type, and the extension its name gets."""

    file: "File[bytes]"
    mime_type: str
    extension: str


def level_of(link: SharedLink) -> Level:
    """Return how much the files of a link tell."""
    if not link.show_details:
        return Level.PLAIN
    return Level.UNTOUCHED if link.show_location else Level.DETAILED


def copy(photo: Photo, level: Level) -> Copy:
    """Return what a visitor gets of an original.

    Raises:
        FileNotFoundError: when the original is missing.
        Refused, OSError: when its metadata can only be taken out by decoding it, and it is damaged.
    """
    if level == Level.UNTOUCHED:
        original = storages["originals"].open(photo.local_storage_path or "")
        return Copy(original, photo.mime_type, photo.filename.rpartition(".")[2])
    with storing.local_copy(storages["originals"], photo.local_storage_path or "") as path:
        try:
            stripped = stripped_copy(
                path, photo.mime_type, written.told(path, photo) if level == Level.DETAILED else NOTHING
            )
        except CannotStrip:
            return _painted_anew(path)
    return Copy(File(stripped), photo.mime_type, EXTENSIONS[photo.mime_type])


def _painted_anew(path: Path) -> Copy:
    """Return the pixels alone, in a format every browser shows: where taking words out means decoding them."""
    with opened(path) as image:
        is_lossless = image.format in {"PNG", "WEBP"}
        profile = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
        picture = upright(image)
        shown = smoothed(picture) if profile else to_srgb(smoothed(picture))
        form, shown = _shaped(shown, is_lossless=is_lossless)
        shown.info.clear()
        out: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - it is sent
        quality: dict[str, Any] = {} if form == PNG else {"quality": QUALITY, "subsampling": 0}
        shown.save(out, form.rpartition("/")[2], icc_profile=profile, **quality)
    out.seek(0)
    return Copy(File(out), form, EXTENSIONS[form])


def _shaped(image: Image.Image, *, is_lossless: bool) -> tuple[str, Image.Image]:
    """Return format and pixels. What can be seen through keeps that, without the lowest bits, which may hold words."""
    if image.mode == "RGBA":
        if image.getchannel("A").getextrema()[0] < OPAQUE:  # type: ignore[operator]
            return PNG, image.point(lambda value: value & 0xFE)
        image = image.convert("RGB")
    return (PNG if is_lossless else JPEG), image
