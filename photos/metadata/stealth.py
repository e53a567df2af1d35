"""Texts hidden in the lowest bit of the alpha channel, which survive hosts that strip every chunk."""

import zlib

from PIL import Image

from photos.metadata.text import JSON_LIMIT, decoded, parse_object

PACKED, PLAIN = b"stealth_pngcomp", b"stealth_pnginfo"
HEADER = len(PACKED) + 4
LIMIT = 1_000_000


def read_stealth(image: Image.Image) -> dict[str, str]:
    """Return the hidden texts: the chunks NovelAI writes, or A1111's parameters."""
    if image.mode != "RGBA" or image.format not in ("PNG", "WEBP"):
        return {}
    head = _hidden(image, HEADER)
    size = int.from_bytes(head[len(PACKED) :], "big") // 8
    if not head.startswith((PACKED, PLAIN)) or not 0 < size <= LIMIT:
        return {}
    return _chunks(_hidden(image, HEADER + size)[HEADER:], is_packed=head.startswith(PACKED))


def _hidden(image: Image.Image, length: int) -> bytes:
    """Return the first bytes: their bits run down the columns, from the left."""
    columns = min(-(-length * 8 // image.height), image.width)
    strip = image.crop((0, 0, columns, image.height)).getchannel("A").transpose(Image.Transpose.TRANSPOSE)
    bits = strip.tobytes()[: length * 8]
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
