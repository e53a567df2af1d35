"""Turns for long downloads: the web server has few threads, and pages must always get one."""

import threading
from collections.abc import Iterator
from typing import Protocol

AT_ONCE = 3
RETRY_AFTER_SECONDS = 15
LONG = 20 * 1024 * 1024

_free = threading.BoundedSemaphore(AT_ONCE)


class NoTurn(Exception):
    """As many long downloads as we allow are under way."""


class Source(Protocol):
    """Something that is read and closed."""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""

    def close(self) -> None:
        """Let go of it."""


class Turn:
    """The right to one long download, until it is closed. Closing twice gives back only one.

    Raises:
        NoTurn: when there is none free; answer 503 and Retry-After.
    """

    def __init__(self) -> None:
        if not _free.acquire(blocking=False):
            raise NoTurn
        self._is_held = True

    def close(self) -> None:
        """Let somebody else download."""
        if self._is_held:
            self._is_held = False
            _free.release()


class LongRead:
    """A source that holds a turn until it is closed."""

    def __init__(self, source: Source, turn: Turn) -> None:
        self.source = source
        self.turn = turn

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        return self.source.read(size)

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self.read(64 * 1024):
            yield chunk

    def close(self) -> None:
        """Close the source and give the turn back, whatever happens."""
        try:
            self.source.close()
        finally:
            self.turn.close()
