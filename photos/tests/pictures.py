"""Tiny real pictures of every format, made in memory."""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image, PngImagePlugin

ORIENTATION = 0x0112
EXIF_IFD = 0x8769
EXTENSIONS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp", "GIF": "gif", "AVIF": "avif", "TIFF": "tif", "HEIF": "heic"}


def image(width: int = 12, height: int = 8, *, mode: str = "RGB", seed: int = 0) -> Image.Image:
    """Return a gradient; another ``seed`` is another picture."""
    gradient = Image.linear_gradient("L").resize((width, height)).point(lambda value: (value + seed * 37) % 256)
    colours = Image.merge("RGB", (gradient, gradient.rotate(180), Image.new("L", (width, height), seed * 53 % 256)))
    return colours if mode == "RGB" else colours.convert(mode)


def save(picture: Image.Image, form: str, **options: Any) -> bytes:
    """Return the file of ``picture`` in the format Pillow calls ``form``."""
    out = BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def png(
    width: int = 12, height: int = 8, *, mode: str = "RGB", seed: int = 0, texts: Mapping[str, str] | None = None
) -> bytes:
    """Return a PNG with text chunks, written as InvokeAI writes them."""
    chunks = PngImagePlugin.PngInfo()
    for key, text in (texts or {}).items():
        chunks.add_text(key, text)
    return save(image(width, height, mode=mode, seed=seed), "PNG", pnginfo=chunks)


def jpeg(
    width: int = 12, height: int = 8, *, seed: int = 0, orientation: int = 1, tags: Mapping[int, Any] | None = None
) -> bytes:
    """Return a JPEG. ``tags`` go into the Exif part, where the capture date and the exposure live."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif.get_ifd(EXIF_IFD).update(tags or {})
    return save(image(width, height, seed=seed), "JPEG", exif=exif, quality=90)


def webp(width: int = 12, height: int = 8, *, mode: str = "RGB", seed: int = 0) -> bytes:
    """Return a lossless WebP."""
    return save(image(width, height, mode=mode, seed=seed), "WEBP", lossless=True)


def gif(width: int = 12, height: int = 8, *, seed: int = 0, frames: int = 1) -> bytes:
    """Return a GIF, moving when it has several frames."""
    more = [image(width, height, seed=seed + number) for number in range(1, frames)]
    return save(image(width, height, seed=seed), "GIF", save_all=frames > 1, append_images=more)


def avif(width: int = 12, height: int = 8, *, seed: int = 0) -> bytes:
    """Return an AVIF."""
    return save(image(width, height, seed=seed), "AVIF", speed=10)


def tiff(width: int = 12, height: int = 8, *, mode: str = "RGB", seed: int = 0) -> bytes:
    """Return a TIFF: a format browsers do not show."""
    return save(image(width, height, mode=mode, seed=seed), "TIFF")


def heic(width: int = 12, height: int = 8, *, seed: int = 0) -> bytes:
    """Return a HEIC, as telephones take them: another format browsers do not show."""
    return save(image(width, height, seed=seed), "HEIF", quality=90)


def every_format(seed: int = 0) -> dict[str, bytes]:
    """Return one picture of 12 × 8 in each format the library takes, by the format's name."""
    makers = {"PNG": png, "JPEG": jpeg, "WEBP": webp, "GIF": gif, "AVIF": avif, "TIFF": tiff, "HEIF": heic}
    return {name: make(seed=seed) for name, make in makers.items()}


def huge_png(width: int, height: int) -> bytes:
    """Return a few bytes that claim to be a picture of ``width`` × ``height``."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0" * 64)) + _chunk(b"IEND")


def _chunk(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunk(picture: bytes, kind: bytes, content: bytes) -> bytes:
    """Return a PNG with one more chunk right behind its header."""
    return picture[:33] + _chunk(kind, content) + picture[33:]
