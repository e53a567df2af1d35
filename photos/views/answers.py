"""How an act on photos is answered: for htmx with news for the page, else by going back to where it was asked."""

import json
from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lib.own_pages import own_page
from lib.toasts import toast
from photos.acts import act_for, acting
from photos.acts.act import NOTHING_SELECTED
from photos.choices import BulkState
from photos.models import BulkAction
from photos.querysets import PhotoQuerySet

STOPPED_AT_ONCE = "Cancelled before anything was changed"


def perform(request: HttpRequest, verb: str, photos: PhotoQuerySet, value: str = "") -> HttpResponse:
    """Do something to photos and answer with what was done and its way back, or with how far a worker is."""
    act = act_for(verb)
    action = acting.begin(act, photos, value)
    if action is None:
        return nothing(request, act.nothing(value) if photos.exists() else NOTHING_SELECTED)
    return done(request, action)


def done(request: HttpRequest, action: BulkAction) -> HttpResponse:
    """Answer with what became of an action."""
    if action.is_at_work:
        return _under_way(request, action)
    say(request, action)
    act = act_for(action.verb)
    return tell(request, act.news_undone if action.state == BulkState.UNDONE else act.news, acting.changed_by(action))


def say(request: HttpRequest, action: BulkAction, text: str = "") -> None:
    """Tell what an action did, in its own words or as ``text``, with its way back."""
    if action.state == BulkState.FAILED:
        toast(request, action.reason.rstrip("."), kind="bad", icon="alert")
        return
    act = act_for(action.verb)
    is_undone = action.state == BulkState.UNDONE
    undo_url = reverse("photos:undo", args=[action.pk]) if act.can_be_undone and action.changed else ""
    toast(
        request,
        text or summary(action),
        icon="restore" if is_undone else act.icon,
        undo_url="" if is_undone else undo_url,
    )


def summary(action: BulkAction) -> str:
    """Return what an action did, as a sentence without a full stop."""
    act = act_for(action.verb)
    if action.state == BulkState.UNDONE:
        return act.unsaid(pictures(action.changed), action.value)
    if act.can_be_undone and not action.changed:
        return STOPPED_AT_ONCE if action.state == BulkState.CANCELLED else act.nothing(action.value)
    count = pictures(action.changed if act.can_be_undone else action.done - action.changed)
    if action.state == BulkState.CANCELLED:
        return act.stopped(count, action.value)
    rest = "" if act.can_be_undone or not action.changed else act.left_out(pictures(action.changed))
    return f"{act.said(count, action.value)}{rest and '. '}{rest}"


def nothing(request: HttpRequest, text: str) -> HttpResponse:
    """Say why nothing was done."""
    toast(request, text, icon="info")
    return tell(request, "photos:changed", [])


def tell(request: HttpRequest, event: str, photos: Iterable[UUID]) -> HttpResponse:
    """Answer with news for the page's scripts, or send the browser back."""
    if not getattr(request, "htmx", False):
        return see_other(came_from(request))
    answer = HttpResponse()
    answer["HX-Trigger"] = news(event, photos)
    return answer


def news(event: str, photos: Iterable[UUID]) -> str:
    """Return the header that tells the page's scripts what became of which photos."""
    return json.dumps({event: {"photos": [str(pk) for pk in photos]}})


def pictures(count: int) -> str:
    """Return a number of pictures in words."""
    return "1 picture" if count == 1 else f"{count:,} pictures"


def came_from(request: HttpRequest) -> str:
    """Return the page of ours the act was asked on, else the timeline."""
    asked = request.POST.get("next") or request.headers.get("referer", "")
    return own_page(request, asked) or reverse("photos:timeline")


def see_other(address: str) -> HttpResponseRedirect:
    """Send the browser on after a POST."""
    return HttpResponseRedirect(address)


def _under_way(request: HttpRequest, action: BulkAction) -> HttpResponse:
    if not getattr(request, "htmx", False):
        return see_other(reverse("photos:action", args=[action.pk]))
    answer = render(request, "photos/_actions.html", {"actions": [action]})
    answer["HX-Trigger"] = news("photos:taken", _leaving(action))
    return answer


def _leaving(action: BulkAction) -> list[UUID]:
    """Return the photo that leaves the library when it is the only one: a page may show nothing else."""
    is_one = action.total == 1 and act_for(action.verb).news == "photos:gone"
    return acting.photos_of(action) if is_one else []
