"""Copies of originals without what is written in them: place, camera, prompt, names.

The pixels are not touched: what tells of the picture is left out byte by byte. Colour profiles stay, and so does which
way is up, in the smallest Exif block there is. What cannot be copied so is drawn anew (``redrawing.py``), by a worker.
"""

import mmap
import re
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from PIL import Image

from photos.imaging.decoding import ORIENTATION, Refused, opened
from photos.metadata.stealth import read_stealth
from photos.stripping.boxes import stripped_boxes
from photos.stripping.tiff import stripped_tiff

Data = mmap.mmap
IN_MEMORY = 8 * 1024 * 1024
UNSTRIPPABLE = "Its metadata cannot be taken out without changing the picture"
HIDDEN = "Its prompt is hidden in its pixels and cannot be taken out"

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI",
    b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
PNG_TEXTS = {b"tEXt", b"zTXt", b"iTXt"}
WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"}
FRAME_KEPT = {b"VP8 ", b"VP8L", b"ALPH"}
WEBP_TOLD = {b"EXIF": 0x08, b"XMP ": 0x04}
GIF_KEPT = {b"NETSCAPE2.0", b"ANIMEXTS1.0"}
# In a JPEG: what has no length of its own, what ends a scan, and which application segments draw the picture.
MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
JFIF, ADOBE = b"JFIF\x00", b"Adobe"
SOI, EOI, SOS, COM, APP0, APP1, APP2, APP14, APP15 = 0xD8, 0xD9, 0xDA, 0xFE, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF


@dataclass(frozen=True, slots=True)
class Told:
    """What a copy is to tell all the same.

    Attributes:
        exif: an Exif block to write into it, with the orientation; empty for the smallest one that is needed.
        texts: the keywords of a PNG's texts that stay.
    """

    exif: bytes = b""
    texts: frozenset[bytes] = frozenset()


NOTHING = Told()


class CannotStrip(Exception):
    """There is no copy without metadata; its text says why, without a full stop."""


def stripped(path: Path, mime_type: str, told: Told = NOTHING) -> Iterator[bytes]:
    """Yield the pieces of a copy that shows the same picture and tells nothing but ``told``.

    Raises:
        CannotStrip: before the first piece or, for a damaged file, behind any.
        FileNotFoundError: when there is no such file.
    """
    strip = STRIPPERS.get(mime_type)
    if strip is None:
        raise CannotStrip(UNSTRIPPABLE)
    turn = 1 if mime_type in WITH_TURN else _orientation(path)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            yield from strip(data, told if told.exif or turn == 1 else replace(told, exif=_exif(turn)))
        except (struct.error, LookupError, ValueError) as error:
            raise CannotStrip(UNSTRIPPABLE) from error


def stripped_copy(path: Path, mime_type: str, told: Told = NOTHING) -> IO[bytes]:
    """Return such a copy as a temporary file, at its beginning. It is whole, or there is none.

    Raises:
        CannotStrip: with the reason.
        FileNotFoundError: when there is no such file.
    """
    copy = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller closes it
    try:
        copy.writelines(stripped(path, mime_type, told))
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return copy


def _orientation(path: Path) -> int:
    try:
        with opened(path) as image:
            if read_stealth(image):
                raise CannotStrip(HIDDEN)
            # A PNG's own way to its Exif block would decode all of it first.
            turn = Image.Image.getexif(image).get(ORIENTATION)
    except (Refused, OSError, SyntaxError, ValueError, struct.error) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise CannotStrip(UNSTRIPPABLE) from error
    return turn if isinstance(turn, int) and 2 <= turn <= 8 else 1


def _exif(turn: int) -> bytes:
    """Return the smallest Exif block that tells which way is up."""
    return b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, turn, 0, 0)


def _jpeg(data: Data, told: Told) -> Iterator[bytes]:
    yield b"\xff\xd8"
    if told.exif:
        block = b"Exif\x00\x00" + told.exif
        yield struct.pack(">BBH", 0xFF, APP1, len(block) + 2) + block
    at = 2
    while found := MARKER.match(data, at):
        marker, begin = found[1][0], found.end()
        if marker == EOI:
            yield b"\xff\xd9"
            return
        end = begin + struct.unpack_from(">H", data, begin)[0]
        if marker == APP0 and data[begin + 2 : begin + 7] == JFIF:
            # Its own small picture stays behind: it may show what was cut off.
            yield b"\xff\xe0\x00\x10" + data[begin + 2 : begin + 14] + b"\0\0"
        elif marker == APP14:
            # How the colours are mixed, and nothing behind that.
            yield b"\xff\xee\x00\x0e" + data[begin + 2 : begin + 14] if data[begin + 2 : begin + 7] == ADOBE else b""
        elif _draws(marker, data[begin + 2 : begin + 14]):
            yield b"\xff" + found[1] + data[begin:end]
        at = end
        if marker == SOS:
            at = _end_of_scan(data, end)
            yield from _in_pieces(data, end, at)
    raise ValueError("the picture has no end")


def _draws(marker: int, beginning: bytes) -> bool:
    if marker == APP2:
        return beginning.startswith(b"ICC_PROFILE\x00")
    return not (APP0 <= marker <= APP15 or marker == COM)


def _end_of_scan(data: Data, begin: int) -> int:
    found = MARKER.search(data, begin)
    return found.start() if found else len(data)


def _png(data: Data, told: Told) -> Iterator[bytes]:
    if data[:8] != PNG_SIGNATURE:
        raise ValueError("no PNG")
    yield PNG_SIGNATURE
    at, name = 8, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + length + 12
        if name in PNG_KEPT or (name in PNG_TEXTS and data[at + 8 : end].partition(b"\0")[0] in told.texts):
            yield from _in_pieces(data, at, end)
        if name == b"IHDR" and told.exif:
            yield _png_chunk(b"eXIf", told.exif)
        at = end


def _png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _webp(data: Data, told: Told) -> Iterator[bytes]:
    chunks = [(name, begin, _parts(data, name, begin, end)) for name, begin, end in _riff(data) if name in WEBP_KEPT]
    exif = b"EXIF" + struct.pack("<I", len(told.exif)) + told.exif + b"\0" * (len(told.exif) % 2) if told.exif else b""
    size = 4 + sum(8 + _length(parts) for _, _, parts in chunks) + len(exif)
    yield b"RIFF" + struct.pack("<I", size) + b"WEBP"
    for name, begin, parts in chunks:
        if name == b"VP8X":
            flags = data[begin + 8] & ~sum(WEBP_TOLD.values()) | (WEBP_TOLD[b"EXIF"] if exif else 0)
            yield data[begin : begin + 8] + bytes([flags]) + data[begin + 9 : parts[0][1]]
            continue
        yield name + struct.pack("<I", _length(parts)) if name == b"ANMF" else data[begin : begin + 8]
        for part in parts:
            yield from _in_pieces(data, *part)
    yield exif


def _parts(data: Data, name: bytes, begin: int, end: int) -> list[tuple[int, int]]:
    """Return what stays of a chunk behind its name and length: of a frame, what draws it."""
    if name != b"ANMF":
        return [(begin + 8, end)]
    inside = [(start, min(stop, end)) for kind, start, stop in _chunks(data, begin + 24, end) if kind in FRAME_KEPT]
    return [(begin + 8, begin + 24), *inside]


def _length(parts: list[tuple[int, int]]) -> int:
    return sum(end - begin for begin, end in parts)


def _riff(data: Data) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, begin and end of each chunk, an odd one with the byte behind it."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError("no WebP")
    yield from _chunks(data, 12, min(len(data), struct.unpack_from("<I", data, 4)[0] + 8))


def _chunks(data: Data, at: int, end_of_all: int) -> Iterator[tuple[bytes, int, int]]:
    while at + 8 <= end_of_all:
        name, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + length % 2
        yield name, at, min(end, len(data))
        at = end


def _gif(data: Data, told: Told) -> Iterator[bytes]:
    at = 13 + _colours(data[10])
    yield data[:at]
    while data[at] != 0x3B:
        begin, kind = at, data[at]
        at = _end_of_blocks(data, at + (2 if kind == 0x21 else 11 + _colours(data[at + 9])))
        if kind not in {0x21, 0x2C}:
            raise ValueError("no GIF")
        if kind == 0x2C or _moves(data, begin):
            yield from _in_pieces(data, begin, at)
    yield b"\x3b"


def _colours(flags: int) -> int:
    """Return how many bytes a table of colours takes."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _moves(data: Data, begin: int) -> bool:
    kind = data[begin + 1]
    return kind == 0xF9 or (kind == 0xFF and data[begin + 3 : begin + 14] in GIF_KEPT)


def _end_of_blocks(data: Data, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


def _in_pieces(data: Data, begin: int, end: int) -> Iterator[bytes]:
    if end > len(data):
        raise ValueError("the file ends too early")
    for at in range(begin, end, 1 << 20):
        yield data[at : min(at + (1 << 20), end)]


# These say which way is up apart from their words, and hide none in their pixels; Exif has no say in them.
WITH_TURN = {"image/tiff", "image/avif", "image/heic"}
STRIPPERS: dict[str, Callable[[Data, Told], Iterator[bytes]]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/gif": _gif,
    "image/tiff": lambda data, told: stripped_tiff(data),
    "image/avif": lambda data, told: stripped_boxes(data),
    "image/heic": lambda data, told: stripped_boxes(data),
}
