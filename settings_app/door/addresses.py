"""Who is calling."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return the caller's network address.

    Anybody can send an X-Forwarded-For header, so it is read only when the gallery was told how many proxies stand
    before it; each of them adds, at the end, whom it was called by.
    """
    if settings.PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(hops) >= settings.PROXIES and hops[-settings.PROXIES]:
            return hops[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR") or None
