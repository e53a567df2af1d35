"""ZIPs whose every byte is known before they are made, so that a download that broke off goes on where it stopped.

Nothing is packed and nothing written down: the archive's own bytes are computed, those of a picture are copied when it
is its turn, and pictures that came before the wanted part are not looked at.
"""

import os
import struct
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID
from zipfile import ZipInfo

from django.core.files.base import File
from django.utils.crypto import salted_hmac

SALT = "sharing.planning"
# What is as large as this stands in a longer field, and these numbers where it would stand else.
LONGEST, MOST = 0xFFFFFFFF, 0xFFFF
ELSEWHERE, MANY = 0xFFFFFFFF, 0xFFFF
VERSION, LONG_VERSION, UNIX = 20, 45, 3
UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes of the archive: its own, or those of a photo's copy."""

    begin: int
    length: int
    content: bytes | UUID


@dataclass(slots=True)
class PlannedZip:
    """The archive as a file that is read once, from any place on.

    Attributes:
        pieces: everything in it, in order.
        open_copy: opens the copy of a photo; whatever it raises ends the download.
    """

    pieces: list[Piece]
    open_copy: "Callable[[UUID, int], File[bytes]]"
    at: int = 0
    _opened: "tuple[Piece, File[bytes]] | None" = field(default=None, repr=False)

    @property
    def size(self) -> int:
        """How long it is."""
        return self.pieces[-1].begin + self.pieces[-1].length

    def tell(self) -> int:
        """Return the place where it goes on."""
        return self.at

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        """Go on from another place, counted from the beginning or from the end."""
        self.close()
        self.at = place + (self.size if whence == os.SEEK_END else 0)
        return self.at

    def read(self, size: int = -1) -> bytes:
        """Return some of the next bytes; none at the end."""
        if self.at >= self.size:
            return b""
        piece = self.pieces[bisect_right(self.pieces, self.at, key=lambda one: one.begin) - 1]
        inside = self.at - piece.begin
        left = piece.length - inside
        chunk = self._bytes(piece, inside, left if size < 0 else min(size, left))
        self.at += len(chunk)
        return chunk

    def close(self) -> None:
        """Close the copy that is open."""
        if self._opened:
            self._opened[1].close()
        self._opened = None

    def _bytes(self, piece: Piece, inside: int, count: int) -> bytes:
        if isinstance(piece.content, bytes):
            return piece.content[inside : inside + count]
        if self._opened is None or self._opened[0] is not piece:
            self.close()
            file = self.open_copy(piece.content, piece.length)
            file.seek(inside)
            self._opened = (piece, file)
        chunk: bytes = self._opened[1].read(count)
        return chunk


def pieces_of(entries: list[tuple[ZipInfo, UUID]]) -> list[Piece]:
    """Return the bytes of an archive of copies whose lengths and checksums are known; none of them is empty."""
    pieces, at = list[Piece](), 0
    for entry, photo in entries:
        entry.header_offset = at
        header = entry.FileHeader()
        pieces += [Piece(at, len(header), header), Piece(at + len(header), entry.file_size, photo)]
        at += len(header) + entry.file_size
    end = _directory([entry for entry, _ in entries], at)
    return [*pieces, Piece(at, len(end), end)]


def etag_of(entries: list[tuple[ZipInfo, UUID]]) -> str:
    """Return what tells the archive from another one."""
    told = [(entry.filename, entry.date_time, entry.file_size, entry.CRC) for entry, _ in entries]
    return f'"{salted_hmac(SALT, repr(told), algorithm="sha256").hexdigest()[:32]}"'


def _directory(entries: list[ZipInfo], begin: int) -> bytes:
    """Return the list at the end of the archive: what is in it, and where."""
    listed = b"".join(_listed(entry) for entry in entries)
    count, length = len(entries), len(listed)
    far = b""
    if count >= MOST or begin + length >= LONGEST:
        far = struct.pack(
            "<4sQ2H2L4Q", b"PK\6\6", 44, LONG_VERSION, LONG_VERSION, 0, 0, count, count, length, begin
        ) + struct.pack("<4sLQL", b"PK\6\7", 0, begin + length, 1)
    shown = MANY if count >= MOST else count
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, shown, shown, _short(length), _short(begin), 0)
    return listed + far + end


def _listed(entry: ZipInfo) -> bytes:
    name = entry.filename.encode()
    numbers = (entry.file_size, entry.file_size, entry.header_offset)
    long = [number for number in numbers if number >= LONGEST]
    extra = struct.pack(f"<2H{len(long)}Q", 1, 8 * len(long), *long) if long else b""
    year, month, day, hour, minute, second = entry.date_time
    return (
        struct.pack(
            "<4s4B4H3L5H2L", b"PK\1\2", LONG_VERSION if long else VERSION, UNIX, LONG_VERSION if long else VERSION, 0,
            0 if entry.filename.isascii() else UTF8, 0, hour << 11 | minute << 5 | second // 2,
            (year - 1980) << 9 | month << 5 | day, entry.CRC, *map(_short, numbers[:2]),
            len(name), len(extra), 0, 0, 0, entry.external_attr, _short(numbers[2]),
        )
        + name
        + extra
    )  # fmt: skip


def _short(number: int) -> int:
    return ELSEWHERE if number >= LONGEST else number
