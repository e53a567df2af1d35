"""Copies of TIFF files without what tells of the picture: the pages laid out anew, their packed pixels as they are."""

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass

Data = mmap.mmap

# What draws a page: its size, colours, profile, which way is up, and how its pixels are packed.
KEPT = {
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 274, 277, 278, 280, 281, 282, 283, 284, 290, 291, 292, 293,
    296, 301, 317, 318, 319, 320, 321, 322, 323, 332, 334, 338, 339, 340, 341, 529, 530, 531, 532, 34675,
}  # fmt: skip
# Where the pixels lie, in strips or in tiles: the tag of the offsets, and of their lengths.
PIXELS = ((273, 279), (324, 325))
COMPRESSION, DNG_VERSION = 259, 50706
# The others pack pixels with a format of their own, in which words may stand.
PLAIN_PACKINGS = {1, 2, 3, 4, 5, 8, 32773, 32946, 34925, 50000}
WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
NUMBERS = {1: "B", 3: "H", 4: "I"}
LONG = 4
MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A tag of a page: its type, how many values, and their bytes."""

    tag: int
    kind: int
    count: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """What is kept of a page, and the pieces of the file with its pixels."""

    entries: list[Entry]
    offsets_tag: int
    pieces: list[tuple[int, int]]


def stripped_tiff(data: Data) -> Iterator[bytes]:
    """Yield a TIFF with the same pages, whose tags only draw them.

    Raises:
        ValueError, struct.error, IndexError, KeyError: when it cannot be taken apart so.
    """
    order = {b"II*\0": "<", b"MM\0*": ">"}[data[:4]]
    pages = list(_pages(data, order))
    yield data[:4] + struct.pack(f"{order}I", 8)
    at = 8
    for number, page in enumerate(pages):
        head, length = _head(page, at, order, is_last=number == len(pages) - 1)
        yield head
        for begin, end in page.pieces:
            yield from _padded(data, begin, end)
        at += length


def _pages(data: Data, order: str) -> Iterator[Page]:
    seen: set[int] = set()
    (at,) = struct.unpack_from(f"{order}I", data, 4)
    while at:
        if at in seen or len(seen) > MOST_PAGES:
            raise ValueError("the pages go round")
        seen.add(at)
        (count,) = struct.unpack_from(f"{order}H", data, at)
        yield _page([_entry(data, order, at + 2 + 12 * number) for number in range(count)], order, len(data))
        (at,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * count)


def _page(entries: list[Entry], order: str, size: int) -> Page:
    by_tag = {entry.tag: entry for entry in entries}
    packing = _numbers(by_tag[COMPRESSION], order)[0] if COMPRESSION in by_tag else 1
    if packing not in PLAIN_PACKINGS or DNG_VERSION in by_tag:
        raise ValueError("its pixels are no plain ones")
    ((offsets_tag, lengths_tag),) = (tags for tags in PIXELS if tags[0] in by_tag)
    offsets, lengths = _numbers(by_tag[offsets_tag], order), _numbers(by_tag[lengths_tag], order)
    pieces = [(begin, begin + length) for begin, length in zip(offsets, lengths, strict=True)]
    if any(end > size for _, end in pieces):
        raise ValueError("the file ends too early")
    kept = [entry for tag, entry in sorted(by_tag.items()) if tag in KEPT]
    return Page([*kept, _longs(lengths_tag, lengths, order)], offsets_tag, pieces)


def _entry(data: Data, order: str, at: int) -> Entry:
    tag, kind, count = struct.unpack_from(f"{order}HHI", data, at)
    if tag not in KEPT and tag not in {COMPRESSION, DNG_VERSION} and not any(tag in tags for tags in PIXELS):
        return Entry(tag, kind, 0, b"")
    length = WIDTHS[kind] * count
    begin = at + 8 if length <= 4 else struct.unpack_from(f"{order}I", data, at + 8)[0]
    content = data[begin : begin + length]
    if len(content) < length:
        raise ValueError("the file ends too early")
    return Entry(tag, kind, count, content)


def _numbers(entry: Entry, order: str) -> tuple[int, ...]:
    return struct.unpack(f"{order}{entry.count}{NUMBERS[entry.kind]}", entry.content)


def _longs(tag: int, numbers: list[int] | tuple[int, ...], order: str) -> Entry:
    return Entry(tag, LONG, len(numbers), struct.pack(f"{order}{len(numbers)}I", *numbers))


def _head(page: Page, at: int, order: str, *, is_last: bool) -> tuple[bytes, int]:
    """Return what stands before the pixels of a page that begins at ``at``, and how long the page is with them."""
    count = len(page.entries) + 1
    behind = at + 2 + 12 * count + 4
    pixels = behind + sum(_beside(entry.content) for entry in page.entries) + _beside(bytes(4 * len(page.pieces)))
    offsets, end = [], pixels
    for begin, stop in page.pieces:
        offsets.append(end)
        end += stop - begin + (stop - begin) % 2
    table, values = b"", b""
    for entry in sorted([*page.entries, _longs(page.offsets_tag, offsets, order)], key=lambda entry: entry.tag):
        table += struct.pack(f"{order}HHI", entry.tag, entry.kind, entry.count)
        if not _beside(entry.content):
            table += entry.content.ljust(4, b"\0")
            continue
        table += struct.pack(f"{order}I", behind + len(values))
        values += entry.content + b"\0" * (len(entry.content) % 2)
    following = struct.pack(f"{order}I", 0 if is_last else end)
    return struct.pack(f"{order}H", count) + table + following + values, end - at


def _beside(content: bytes) -> int:
    """Return how many bytes values take outside the table: short ones stand in it."""
    return len(content) + len(content) % 2 if len(content) > 4 else 0


def _padded(data: Data, begin: int, end: int) -> Iterator[bytes]:
    for at in range(begin, end, 1 << 20):
        yield data[at : min(at + (1 << 20), end)]
    yield b"\0" * ((end - begin) % 2)
