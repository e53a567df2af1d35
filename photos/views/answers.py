"""How an act on photos is answered: for htmx with news for the page, else by going back to where it was asked."""

import json
from collections.abc import Iterable
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from lib.toasts import toast
from photos import undo


def gone(request: HttpRequest, photos: Iterable[UUID]) -> HttpResponse:
    """Say that these photos are no longer in the list that is shown."""
    return _news(request, "photos:gone", photos)


def back(request: HttpRequest, photos: Iterable[UUID]) -> HttpResponse:
    """Say that these photos are in the list again."""
    return _news(request, "photos:back", photos)


def marked(request: HttpRequest, photos: Iterable[UUID], *, favourite: bool) -> HttpResponse:
    """Say that these photos became favourites, or are none any more."""
    return _news(request, "photos:favourite" if favourite else "photos:unfavourite", photos)


def say(request: HttpRequest, text: str, act: undo.Act, photos: list[UUID], *, icon: str) -> None:
    """Tell what was done, with its way back."""
    token = undo.remember(request.session, act, photos)
    toast(request, text, icon=icon, undo_url=reverse("photos:undo", args=[token]))


def pictures(count: int) -> str:
    """Return a number of pictures in words."""
    return "1 picture" if count == 1 else f"{count:,} pictures"


def came_from(request: HttpRequest) -> str:
    """Return the page of ours the act was asked on, else the timeline."""
    asked = request.POST.get("next") or request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return reverse("photos:timeline")
    parts = urlsplit(asked)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def news(event: str, photos: Iterable[UUID]) -> str:
    """Return the header that tells the page's scripts what became of which photos."""
    return json.dumps({event: {"photos": [str(pk) for pk in photos]}})


def _news(request: HttpRequest, event: str, photos: Iterable[UUID]) -> HttpResponse:
    if not getattr(request, "htmx", False):
        return see_other(came_from(request))
    answer = HttpResponse()
    answer["HX-Trigger"] = news(event, photos)
    return answer


def see_other(address: str) -> HttpResponseRedirect:
    """Send the browser on after a POST."""
    return redirect(address)
