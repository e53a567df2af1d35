"""Copies of the pixels alone, drawn anew: where taking words out of a file means decoding it."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from PIL import Image

from photos.imaging.decoding import opened
from photos.imaging.shaping import smoothed, to_srgb, upright, without_alpha_message, without_lowest_bit

JPEG, PNG = "image/jpeg", "image/png"
QUALITY = 95
IN_MEMORY = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A temporary file at its beginning, which the caller closes; its type, and the extension of its name."""

    file: IO[bytes]
    mime_type: str
    extension: str


def redrawn(path: Path) -> Redrawn:
    """Return the first picture of a file upright, as a PNG or a JPEG every browser shows; its colour profile stays.

    Raises:
        FileNotFoundError: when there is no such file.
        Refused, OSError: when it is damaged.
    """
    with opened(path) as image:
        is_lossless = image.format in {"PNG", "WEBP"}
        profile = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
        picture = upright(image)
        shown = smoothed(picture) if profile else to_srgb(smoothed(picture))
        form, shown = _shaped(shown, is_lossless=is_lossless)
        shown.info.clear()
        out: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
        quality: dict[str, Any] = {} if form == PNG else {"quality": QUALITY, "subsampling": 0}
        shown.save(out, form.rpartition("/")[2], icc_profile=profile, **quality)
    out.seek(0)
    return Redrawn(out, form, "png" if form == PNG else "jpg")


def _shaped(image: Image.Image, *, is_lossless: bool) -> tuple[str, Image.Image]:
    """Return format and pixels. A format that keeps every bit gets none of the lowest, in which words may be hidden."""
    image = without_alpha_message(image)
    if image.mode == "RGBA" or is_lossless:
        return PNG, image.point(without_lowest_bit)
    return JPEG, image
