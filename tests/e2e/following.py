"""The real follower, in a thread as in its process."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import connection

from generation.running.follower import Follower


@contextmanager
def following() -> Iterator[None]:
    """Follow what the servers make, and drive the pod, until the block ends."""
    stop = Event()
    thread = Thread(target=_follow, args=(stop,), name="follower")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _follow(stop: Event) -> None:
    try:
        Follower(stop).run()
    finally:
        connection.close()
