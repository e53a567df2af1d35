"""A file between the look at it and the taking in: kept for an hour, by everybody who answers."""

import secrets

from django.core.cache import cache

KEPT_SECONDS = 60 * 60


def keep(content: bytes) -> str:
    """Keep some bytes and return what ``find`` takes."""
    token = secrets.token_urlsafe(16)
    cache.set(_key(token), content, KEPT_SECONDS)
    return token


def find(token: str) -> bytes | None:
    """Return what was kept; None when it is gone."""
    content = cache.get(_key(token)) if token.isascii() and len(token) < 50 else None
    return content if isinstance(content, bytes) else None


def _key(token: str) -> str:
    return f"kept-file:{token}".replace(" ", "")
