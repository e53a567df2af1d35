"""What a PNG says, without its pixels: Pillow decodes all of them to reach the texts behind them."""

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
TELLING = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"caBX"}
PIXELS = b"IDAT"
MOST = 64 * 1024 * 1024


def unpainted(path: Path) -> Image.Image:
    """Return a PNG of a single pixel that tells what the one in the file does, each text at its side of the pixels."""
    before, behind = io.BytesIO(), io.BytesIO()
    told = before
    with path.open("rb") as file:
        for name, content in _telling(file):
            told = behind if name == PIXELS else told
            told.write(content)
    pixel = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    end = _chunk(b"IEND", b"")
    packed = [SIGNATURE, pixel, before.getvalue(), _chunk(PIXELS, zlib.compress(b"\0\0")), behind.getvalue(), end]
    return Image.open(io.BytesIO(b"".join(packed)), formats=["PNG"])


def _telling(file: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield the whole chunks that tell something, and the first of the pixels by its name alone."""
    room, seen_pixels = MOST, False
    file.seek(len(SIGNATURE))
    while len(head := file.read(8)) == 8:
        length, name = struct.unpack(">I4s", head)
        if name in TELLING and length <= room:
            content = file.read(length + 4)
            room -= length
            if len(content) == length + 4:
                yield name, head + content
            continue
        if name == PIXELS and not seen_pixels:
            seen_pixels = True
            yield name, b""
        file.seek(length + 4, io.SEEK_CUR)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
