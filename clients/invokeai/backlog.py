"""Events that have come and were not yet taken: bounded, in order, without doubles."""

import threading
from collections import deque
from dataclasses import replace

from clients.invokeai.messages import Event, ItemChanged, PictureMade, Progress

LARGEST_BACKLOG = 1000
REMEMBERED = 200


class Backlog:
    """A queue between the thread that reads the socket and the one that takes events.

    When it is full the oldest progress goes first. If nothing but other events is left it closes, so that whoever takes
    them learns that something is missing.
    """

    def __init__(self, largest: int = LARGEST_BACKLOG) -> None:
        """Start empty and open."""
        self._largest = largest
        self._events: deque[Event] = deque()
        self._recent: deque[Event] = deque(maxlen=REMEMBERED)
        self._last_progress: Progress | None = None
        self._changed = threading.Condition()
        self._closed = False

    def put(self, event: Event) -> None:
        """Add one event, unless it came already or the backlog is closed."""
        with self._changed:
            if self._closed or self._is_double(event):
                return
            self._events.append(event)
            if len(self._events) > self._largest:
                self._shrink()
            self._changed.notify()

    def take(self, timeout: float) -> Event | None:
        """Return the next event, or None after ``timeout`` seconds or when it is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._events or self._closed, timeout)
            return self._events.popleft() if self._events else None

    def close(self) -> None:
        """Take no more events; those that came can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def is_exhausted(self) -> bool:
        """Whether it is closed and empty."""
        with self._changed:
            return self._closed and not self._events

    def _shrink(self) -> None:
        oldest = next((event for event in self._events if isinstance(event, Progress)), None)
        if oldest is None:
            self._closed = True
            self._events.pop()
            return
        self._events.remove(oldest)

    def _is_double(self, event: Event) -> bool:
        """Recognise the copy that InvokeAI 6.12 and 6.13 send to administrators, of progress without its preview."""
        if isinstance(event, Progress):
            last, self._last_progress = self._last_progress, event
            return last is not None and event in (last, replace(last, preview=None, width=None, height=None))
        if not isinstance(event, ItemChanged | PictureMade):
            return False
        if event in self._recent:
            return True
        self._recent.append(event)
        return False
