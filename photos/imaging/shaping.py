"""Shrinking, turning and colouring pictures: any of Pillow's modes in, plain sRGB out."""

import io
import logging
import math
from typing import Any

from PIL import Image, ImageCms, ImageOps

from photos.imaging import strips

log = logging.getLogger(__name__)

SRGB: Any = ImageCms.createProfile("sRGB")
SMOOTH_MODES = {"RGB", "RGBA", "L", "CMYK"}
DEEP_MODES = {"I;16", "I;16B", "I;16L", "I;16N"}
# An alpha channel that never falls below this is noise, or a message hidden in it.
OPAQUE = 250


def shrink(image: Image.Image, pixels: int, *, gap: float) -> Image.Image:
    """Return the picture no longer than ``pixels`` on its longest side; never enlarged.

    Args:
        image: not loaded yet, because a JPEG is decoded at a fraction of its size.
        pixels: the longest side, at most.
        gap: how many times bigger than that a picture may be when the good filter begins.
    """
    smooth = smoothed(image)
    factor = strips.factor_of(image.size, pixels, gap)
    if smooth.mode == "RGBA" and factor > 1:
        return _with_info(_thinned(smooth, pixels, factor), smooth)
    # The exact box, not the square: the JPEG decoder takes the smallest fraction that covers it.
    smooth.thumbnail(_fitting(image.size, pixels), Image.Resampling.LANCZOS, reducing_gap=gap)
    return smooth


def smoothed(image: Image.Image) -> Image.Image:
    """Return the picture in a mode that can be resampled, of eight bits a channel."""
    if image.mode in SMOOTH_MODES and "transparency" not in image.info:
        return image
    if image.mode in DEEP_MODES:
        return _with_info(image.convert("I").point(lambda value: value * (1 / 256)).convert("L"), image)
    if image.mode in {"I", "F"}:
        return _with_info(_normalised(image.convert("F")), image)
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def upright(image: Image.Image) -> Image.Image:
    """Return the picture turned as its camera says."""
    try:
        ImageOps.exif_transpose(image, in_place=True)
    except Exception as error:  # a broken Exif part must not cost the thumbnail
        log.info("an orientation could not be read: %s", type(error).__name__)
    return image


def to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB, the one colour space every screen knows, with its transparency."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    profile = image.info.get("icc_profile")
    if profile:
        image = _profiled(image, profile, mode)
    return image if image.mode == mode else image.convert(mode)


def without_alpha_message(image: Image.Image) -> Image.Image:
    """Return the picture with the transparency that can be seen: words may be hidden in the lowest bits of it."""
    if image.mode != "RGBA":
        return image
    alpha = image.getchannel("A")
    if alpha.getextrema()[0] >= OPAQUE:  # type: ignore[operator]
        return image.convert("RGB")
    plain = image.copy()
    plain.putalpha(alpha.point(without_lowest_bit))
    return plain


def without_lowest_bit(value: int) -> int:
    """Return a value whose lowest bit tells nothing: 0 and 255 stay what they are."""
    return value | 1 if value > 127 else value & 0xFE


def _thinned(image: Image.Image, pixels: int, factor: int) -> Image.Image:
    """Return a picture that can be seen through made small: Pillow would first weigh all of a copy by its alpha."""
    image.load()
    small = strips.reduced(lambda top, below: image.crop((0, top, image.width, below)), "RGBA", image.size, factor)
    return strips.fitted(small, image.size, pixels, factor)


def _fitting(size: tuple[int, int], pixels: int) -> tuple[int, int]:
    scale = min(1.0, pixels / max(size))
    return math.ceil(size[0] * scale), math.ceil(size[1] * scale)


def _with_info(changed: Image.Image, image: Image.Image) -> Image.Image:
    changed.info = dict(image.info)
    return changed


def _normalised(image: Image.Image) -> Image.Image:
    """Return measurements as greys: the least becomes black, the most white."""
    low, high = (float(end) for end in image.getextrema())  # type: ignore[arg-type]
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        return image.convert("L")
    scale = 255 / (high - low)
    return image.point(lambda value: value * scale - low * scale).convert("L")


def _profiled(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return image
        return ImageCms.profileToProfile(image, source, SRGB, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        log.info("a colour profile could not be used: %s", type(error).__name__)
        return image
