"""The sign that the workers are alive: a scheduled task that leaves the time."""

from datetime import datetime

from django.core.cache import cache

from lib import clock

KEY = "worker-heartbeat"


def beat() -> None:
    """Note that a worker is at work now."""
    cache.set(KEY, clock.now().isoformat(), timeout=None)


def last_beat() -> datetime | None:
    """Return when a worker was last known to be at work, or None when it never was."""
    noted = cache.get(KEY)
    return datetime.fromisoformat(noted) if noted else None
