"""The sign that a process is alive: it leaves the time under its name, and the launcher reads it."""

from datetime import datetime

from django.core.cache import cache

from lib import clock

WORKERS = "workers"
FOLLOWER = "follower"


def beat(name: str = WORKERS) -> None:
    """Note that the process of this name is at work now."""
    cache.set(f"heartbeat:{name}", clock.now().isoformat(), timeout=None)


def last_beat(name: str = WORKERS) -> datetime | None:
    """Return when it was last known to be at work; None when it never was, or the cache was emptied."""
    noted = cache.get(f"heartbeat:{name}")
    return datetime.fromisoformat(noted) if noted else None
