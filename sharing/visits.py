"""Counting who comes: a visitor counts once an hour, known by a cookie that says nothing else; the owner does not."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from lib import clock
from photos.files.gate import has_cookie
from sharing.models import SharedLink

COUNTED_AGAIN_AFTER = timedelta(hours=1)


def note(link: SharedLink, request: HttpRequest, response: HttpResponseBase) -> None:
    """Note that a page of the link was opened, and count the visitor if the last time was long ago."""
    if request.method != "GET" or has_cookie(request):
        return
    name = f"gallery_visit_{link.pk.hex[:12]}"
    is_new = name not in request.COOKIES
    SharedLink.objects.note_visit(link.pk, now=clock.now(), is_new=is_new)
    if is_new:
        response.set_cookie(
            name,
            "1",
            max_age=COUNTED_AGAIN_AFTER,
            path=link.address,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
