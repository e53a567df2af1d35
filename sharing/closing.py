"""What a visitor is told who is not let in, and what every answer to a visitor says."""

import math
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from sharing.models import SharedLink

# The browser may keep what it got, but asks each time whether it may still show it.
ASK_AGAIN = "private, no-cache"
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def closed(request: HttpRequest) -> HttpResponse:
    """Return the one answer to a wrong key, a link that is over, and what a link does not show."""
    return _not_kept(render(request, "sharing/closed.html", status=404))


def locked(
    request: HttpRequest,
    link: SharedLink,
    pk: UUID | None = None,
    wait: timedelta | None = None,
    *,
    is_page: bool = True,
) -> HttpResponse:
    """Ask for the password; for bytes, only say that it is wanted.

    Args:
        request: what was asked for.
        link: which has a password.
        pk: the photo to go on to.
        wait: for a password that was wrong: until when the next one is not looked at.
        is_page: whether a person reads the answer.
    """
    if not is_page:
        return _not_kept(HttpResponse("This link needs its password.", status=403, content_type="text/plain"))
    seconds = math.ceil(wait.total_seconds()) if wait is not None else 0
    context = {"link": link, "photo": pk, "is_wrong": wait is not None, "seconds": seconds}
    answer = render(request, "sharing/locked.html", context, status=403)
    if seconds:
        answer["Retry-After"] = str(seconds)
    return _not_kept(answer)


def with_headers(answer: HttpResponseBase) -> HttpResponseBase:
    """Add what every answer to a visitor says; only this browser may keep it, and must ask again each time."""
    for name, value in HEADERS.items():
        answer[name] = value
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        answer["Cache-Control"] = ASK_AGAIN
    return answer


def _not_kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer
