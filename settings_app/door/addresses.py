"""Who is calling."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# What one household or machine gets of the newer kind of addresses; within it a caller can take another any moment.
HOUSEHOLD = 64


def client_address(request: HttpRequest) -> str | None:
    """Return the caller's network address; of the newer kind (IPv6) that of the caller's network.

    Anybody can send an X-Forwarded-For header, so it is read only when the gallery was told how many proxies stand
    before it; each of them adds, at the end, whom it was called by.
    """
    return _forwarded(request) or _plain(request.META.get("REMOTE_ADDR", ""))


def _forwarded(request: HttpRequest) -> str | None:
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    return _plain(hops[-settings.PROXIES]) if 0 < settings.PROXIES <= len(hops) else None


def _plain(text: str) -> str | None:
    """Return the address without what proxies put around it (brackets, a port); None when it is none."""
    text = text.strip()
    host = text[1:].partition("]")[0] if text.startswith("[") else text
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((int(address), HOUSEHOLD), strict=False).network_address)
