"""The page of what is under way, and the ways to hurry it or to let it rest."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from generation.running import retrieving
from generation.showing import overview
from lib import clock
from lib.htmx import render_page
from lib.toasts import toast


@never_cache
@require_safe
def activity(request: HttpRequest) -> HttpResponse:
    """Show what waits, runs, is tried again and failed."""
    context: dict[str, object] = {"section": "activity", "sections": overview.sections(now=clock.now())}
    return render_page(request, "generation/activity.html", context, fragment="work")


@never_cache
@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """Return the number beside the link to this page; nothing when nothing is under way."""
    return render(request, "generation/_count.html", {"count": overview.under_way_count()})


@require_POST
def retry_retrieval(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Fetch a picture now, however often that failed."""
    if not retrieving.retry(pk):
        toast(request, "This picture need not be fetched any more", icon="info")
    return _answer(request)


@require_POST
def give_up_retrieval(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop fetching a picture until the owner asks for it again."""
    retrieving.give_up(pk)
    return _answer(request)


def _answer(request: HttpRequest) -> HttpResponse:
    return activity_fragment(request) if request.htmx else redirect("generation:activity")  # type: ignore[attr-defined]


def activity_fragment(request: HttpRequest) -> HttpResponse:
    """Return the changed list."""
    return render(request, "generation/activity.html#work", {"sections": overview.sections(now=clock.now())})
