"""The follower's sign of life, which the launcher and the sweep read."""

from datetime import datetime, timedelta

from django.core.cache import cache

KEY = "follower:heartbeat"
EVERY = timedelta(seconds=5)
# The longest single wait of the follower is for a server that does not answer.
SILENCE = timedelta(seconds=120)


def beat(now: datetime) -> None:
    """Say that the follower is alive."""
    cache.set(KEY, now.isoformat(), None)


def last() -> datetime | None:
    """Return when the follower was last heard of; None when never, or the cache was emptied."""
    kept = cache.get(KEY)
    return datetime.fromisoformat(kept) if kept else None


def is_alive(now: datetime) -> bool:
    """Tell whether a follower is at work."""
    heard = last()
    return heard is not None and now - heard < SILENCE
