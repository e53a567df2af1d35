"""Parts of a file, as browsers ask for them: one range, or the whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.base import File

RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.IGNORECASE)


class NotSatisfiable(Exception):
    """The part that is asked for lies outside the file."""


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes from ``first`` to ``last``, both included, of a file of ``size``."""

    first: int
    last: int
    size: int

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        return f"bytes {self.first}-{self.last}/{self.size}"


def read_range(header: str, size: int) -> Part | None:
    """Return the part a Range header asks for; None means the whole file.

    Several ranges, other units and nonsense are answered with the whole file, as the standard allows.

    Raises:
        NotSatisfiable: when the part begins behind the end.
    """
    found = RANGE.fullmatch(header)
    if not found or not (found[1] or found[2]):
        return None
    first, last = _ends(found[1], found[2], size)
    if found[1] and found[2] and int(found[2]) < first:
        return None
    if first >= size or last < first:
        raise NotSatisfiable
    return Part(first, last, size)


class PartOfFile:
    """A file that begins at a part's first byte and ends after its last."""

    def __init__(self, file: "File[bytes]", part: Part) -> None:
        self.file = file
        self.left = len(part)
        file.seek(part.first)

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes of the part; all that is left for a negative size."""
        chunk: bytes = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(chunk)
        return chunk

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self.read(64 * 1024):
            yield chunk

    def close(self) -> None:
        """Close the file."""
        self.file.close()


def _ends(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last)), size - 1 if int(last) else -1
    return int(first), min(int(last) if last else size - 1, size - 1)
