"""Texts hidden in the lowest bits of the alpha channel or the colours, which survive hosts that strip every chunk."""

import zlib

from PIL import Image

from photos.metadata.text import JSON_LIMIT, decoded, parse_object

# By the channels whose bits hold them: the mark of packed texts, and of plain ones.
MARKS = {"A": (b"stealth_pngcomp", b"stealth_pnginfo"), "RGB": (b"stealth_rgbcomp", b"stealth_rgbinfo")}
# A WebP's colours seldom keep their lowest bits, and looking for them would decode every photograph of that format.
FORMATS = {"A": ("PNG", "WEBP"), "RGB": ("PNG",)}
MARK = len(b"stealth_pngcomp")
HEADER = MARK + 4
LIMIT = 1_000_000


def read_stealth(image: Image.Image) -> dict[str, str]:
    """Return the hidden texts: the chunks NovelAI writes, or A1111's parameters."""
    if image.mode not in ("RGB", "RGBA"):
        return {}
    for channels, formats in FORMATS.items():
        if image.format in formats and channels in image.mode and (found := _read(image, channels)):
            return found
    return {}


def _read(image: Image.Image, channels: str) -> dict[str, str]:
    packed, plain = MARKS[channels]
    head = _hidden(image, channels, HEADER)
    size = int.from_bytes(head[MARK:], "big") // 8
    if not head.startswith((packed, plain)) or not 0 < size <= LIMIT:
        return {}
    return _chunks(_hidden(image, channels, HEADER + size)[HEADER:], is_packed=head.startswith(packed))


def _hidden(image: Image.Image, channels: str, length: int) -> bytes:
    """Return the first bytes: their bits run down the columns, from the left, and through the channels of a pixel."""
    columns = min(-(-length * 8 // (image.height * len(channels))), image.width)
    strip = image.crop((0, 0, columns, image.height))
    strip = strip.getchannel("A") if channels == "A" else Image.merge("RGB", strip.split()[:3])
    bits = strip.transpose(Image.Transpose.TRANSPOSE).tobytes()[: length * 8]
    digits = bits.translate(_DIGITS)
    return int(digits or b"0", 2).to_bytes(-(-len(digits) // 8), "big")


_DIGITS = bytes(ord("1") if value & 1 else ord("0") for value in range(256))


def _chunks(content: bytes, *, is_packed: bool) -> dict[str, str]:
    if is_packed:
        content = zlib.decompressobj(wbits=31).decompress(content, JSON_LIMIT)
    text = decoded(content)
    if not text.lstrip().startswith("{"):
        return {"parameters": text}
    return {key: value for key, value in parse_object(text).items() if isinstance(value, str)}
