"""Sending a browser back to one of our pages, and to no other place."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own_page(request: HttpRequest, asked: str) -> str | None:
    """Return the path and query of an address that somebody asks to be sent to; None when it is no page of ours.

    The path begins with one slash: two, which may hide in an address of ours, would lead to another host.
    """
    if not url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return None
    parts = urlsplit(asked)
    page = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return page if page.startswith("/") and url_has_allowed_host_and_scheme(page, None) else None
