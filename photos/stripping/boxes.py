"""Copies of AVIF and HEIC files without what tells of the picture.

These files are boxes in boxes that name each other by position, so everything keeps its place: a byte is kept when it
draws the picture, and is zero otherwise. The list of what draws is closed; which way is up stands in a box of its own.
"""

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

Data = mmap.mmap

IMAGES = {b"av01", b"hvc1", b"hvt1", b"lhv1", b"grid", b"iovl", b"iden", b"tmap"}
TOLD = {b"Exif", b"mime", b"uri "}
DESCRIBING = {b"hdlr", b"pitm", b"iloc", b"iref", b"dinf", b"grpl"}
PROPERTIES = {
    b"ispe", b"pixi", b"colr", b"irot", b"imir", b"hvcC", b"lhvC", b"av1C", b"auxC", b"clap", b"pasp", b"clli",
    b"mdcv", b"cclv", b"amve", b"lsel", b"a1op", b"a1lx", b"rloc", b"oinf", b"tols", b"ndwt", b"reve", b"iscl",
}  # fmt: skip
# What an item is that no longer tells anything.
NOTHING = b"skip"
FREE = b"free"
IN_FILE, IN_META = 0, 1
# How much of a ``hdlr`` box is no name.
KIND = 24


@dataclass(frozen=True, slots=True)
class Box:
    """A box: where it, its content and whatever follows it begin."""

    name: bytes
    begin: int
    body: int
    end: int


@dataclass(slots=True)
class Kept:
    """The ranges of the file that stay, and the few bytes that are written in between."""

    ranges: list[tuple[int, int]] = field(default_factory=list)
    written: list[tuple[int, bytes]] = field(default_factory=list)

    def keep(self, begin: int, end: int) -> None:
        """Let these bytes stay."""
        self.ranges.append((begin, end))

    def empty(self, box: Box) -> None:
        """Let a box keep its place, with nothing in it."""
        self.keep(box.begin, box.begin + 4)
        self.written.append((box.begin + 4, FREE))
        self.keep(box.begin + 8, box.body)


def stripped_boxes(data: Data) -> Iterator[bytes]:
    """Yield an AVIF or HEIC with the same pictures in it.

    Raises:
        ValueError, struct.error, IndexError, KeyError: when it cannot be taken apart so, as a film.
    """
    boxes = list(_boxes(data, 0, len(data)))
    if not boxes or boxes[0].name != b"ftyp" or any(box.name in {b"moov", b"moof"} for box in boxes):
        raise ValueError("no still picture")
    (meta,) = (box for box in boxes if box.name == b"meta")
    places = [box for box in boxes if box.name == b"mdat"]
    inside = list(_boxes(data, meta.body + 4, meta.end))
    kept = Kept()
    kept.keep(boxes[0].begin, boxes[0].end)
    kept.keep(meta.begin, meta.body + 4)
    for box in inside:
        _keep_described(data, box, kept)
    _keep_pictures(data, inside, places, kept)
    end = max(box.end for box in (boxes[0], meta, *places))
    for box in boxes:
        if box in places:
            kept.keep(box.begin, box.body)
        elif box not in (boxes[0], meta) and box.end <= end:
            kept.empty(box)
    yield from _pieces(data, kept, end)


def _boxes(data: Data, begin: int, end: int) -> Iterator[Box]:
    while begin < end:
        size, name = struct.unpack_from(">I4s", data, begin)
        body = begin + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, body)
            body += 8
        following = begin + size if size else end
        if not body <= following <= end:
            raise ValueError("a box is longer than its place")
        yield Box(name, begin, body, following)
        begin = following


def _keep_described(data: Data, box: Box, kept: Kept) -> None:
    """Keep what says how the picture is put together, in its own place."""
    if box.name in DESCRIBING:
        # A name, for whoever takes such files apart, may stand behind what kind of pictures these are.
        kept.keep(box.begin, min(box.end, box.body + KIND) if box.name == b"hdlr" else box.end)
    elif box.name == b"iinf":
        _keep_items(data, box, kept)
    elif box.name == b"iprp":
        kept.keep(box.begin, box.body)
        for part in _boxes(data, box.body, box.end):
            _keep_properties(data, part, kept)
    elif box.name == b"idat":
        kept.keep(box.begin, box.body)
    else:
        kept.empty(box)


def _keep_properties(data: Data, box: Box, kept: Kept) -> None:
    if box.name != b"ipco":
        kept.keep(box.begin, box.end)
        return
    kept.keep(box.begin, box.body)
    for part in _boxes(data, box.body, box.end):
        if part.name in PROPERTIES:
            kept.keep(part.begin, part.end)
        else:
            kept.empty(part)


def _keep_items(data: Data, box: Box, kept: Kept) -> None:
    """Keep the list of what is in the file, without names; what tells something becomes an item of no kind."""
    first = _first_item(data, box)
    kept.keep(box.begin, first)
    for part in _boxes(data, first, box.end):
        _, kind, at = _item(data, part)
        kept.keep(part.begin, at if kind in IMAGES else at - 4)
        if kind in TOLD:
            kept.written.append((at - 4, NOTHING))


def _first_item(data: Data, box: Box) -> int:
    return box.body + (6 if data[box.body] == 0 else 8)


def _item(data: Data, box: Box) -> tuple[int, bytes, int]:
    """Return an item's number, its kind, and where its kind ends.

    Raises:
        ValueError: when it may draw the picture in a way that is not known here.
    """
    version = data[box.body]
    if box.name != b"infe" or version not in {2, 3}:
        raise ValueError("an item of another age")
    width = 2 if version == 2 else 4
    at = box.body + 4 + width + 2
    kind = data[at : at + 4]
    if kind not in IMAGES | TOLD:
        raise ValueError("an item of an unknown kind")
    return _number(data, box.body + 4, width), kind, at + 4


def _keep_pictures(data: Data, inside: list[Box], places: list[Box], kept: Kept) -> None:
    (items,) = (box for box in inside if box.name == b"iinf")
    (positions,) = (box for box in inside if box.name == b"iloc")
    kinds = dict(_item(data, part)[:2] for part in _boxes(data, _first_item(data, items), items.end))
    within = {IN_FILE: places, IN_META: [box for box in inside if box.name == b"idat"]}
    for item, method, begin, length in _extents(data, positions):
        if kinds[item] in TOLD:
            continue
        begin += within[IN_META][0].body if method == IN_META else 0
        if not any(box.body <= begin < begin + length <= box.end for box in within[method]):
            raise ValueError("a picture lies outside its place")
        kept.keep(begin, begin + length)


def _extents(data: Data, box: Box) -> Iterator[tuple[int, int, int, int]]:
    """Yield of each piece its item, what its position counts from, its position and its length."""
    version = data[box.body]
    widths = _number(data, box.body + 4, 2)
    offset_width, length_width, base_width, index_width = (widths >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version == 2 else 2
    count, at = _number(data, box.body + 6, wide), box.body + 6 + wide
    for _ in range(count):
        item, at = _number(data, at, wide), at + wide
        method, at = (_number(data, at, 2) & 15, at + 2) if version else (IN_FILE, at)
        base, at = _number(data, at + 2, base_width), at + 2 + base_width
        pieces, at = _number(data, at, 2), at + 2
        for _ in range(pieces):
            at += index_width if version else 0
            begin, length = _number(data, at, offset_width), _number(data, at + offset_width, length_width)
            at += offset_width + length_width
            yield item, method, base + begin, length


def _number(data: Data, at: int, width: int) -> int:
    content = data[at : at + width]
    if len(content) < width:
        raise ValueError("the file ends too early")
    return int.from_bytes(content, "big")


def _pieces(data: Data, kept: Kept, end: int) -> Iterator[bytes]:
    """Yield the file in order: what is kept, what is written, and zeros for all the rest."""
    written = dict(kept.written)
    at = 0
    for begin, stop in sorted([*kept.ranges, *((begin, begin + len(text)) for begin, text in written.items())]):
        yield from _zeros(begin - at)
        if begin in written and stop == begin + len(written[begin]):
            yield written[begin]
        else:
            yield from _copied(data, max(begin, at), stop)
        at = max(at, stop)
    yield from _zeros(end - at)


def _copied(data: Data, begin: int, end: int) -> Iterator[bytes]:
    for at in range(begin, end, 1 << 20):
        yield data[at : min(at + (1 << 20), end)]


def _zeros(count: int) -> Iterator[bytes]:
    for done in range(0, count, 1 << 20):
        yield b"\0" * min(1 << 20, count - done)
