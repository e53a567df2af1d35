"""When a server was last away, which tells an interruption from a cancel. In the cache: losing it costs a click."""

from datetime import datetime

from django.core.cache import cache

from lib import clock

REMEMBERED = 24 * 3600


def note(server: str) -> None:
    """Say that a server does not answer just now."""
    cache.set(_key(server), clock.now(), REMEMBERED)


def was_noticed(server: str, *, since: datetime) -> bool:
    """Tell whether a server was away at any moment since then."""
    noted: datetime | None = cache.get(_key(server))
    return noted is not None and noted >= since


def _key(server: str) -> str:
    return f"away:{server}"
