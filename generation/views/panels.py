"""Fragments that pages load by themselves: the server's state, and where a photo came from."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from clients.errors import RemoteError
from clients.http import Timeouts
from generation.asking.beginning import possible
from generation.asking.offers import Offers
from generation.sessions.provenance import told_of
from generation.views.pages import obstacle_context
from lib.toasts import toast
from photos.models import Photo
from photos.views.answers import came_from
from settings_app import connections

# The page waits for this fragment only, but a web thread does too. A server that begins a picture is deaf for seconds.
BRIEF = Timeouts(connect=1.5, read=6.0, whole=8.0)


@never_cache
@require_safe
def server_state(request: HttpRequest) -> HttpResponse:
    """Ask the server in use how it is, briefly, and say what stands in the way of a picture."""
    offers = Offers.now()
    if "without-models" in request.GET and offers.models:
        return HttpResponse(headers={"HX-Refresh": "true"})  # the form can be used from now on; its draft is kept
    fault, is_paused = _ask_server()
    context = obstacle_context(offers, server_fault=fault, is_paused=is_paused)
    return render(request, "generation/_readiness.html", context)


@require_POST
def resume_queue(request: HttpRequest) -> HttpResponse:
    """Let the server's paused queue run again."""
    try:
        with connections.invokeai(timeouts=BRIEF) as client:
            client.queue.resume()
    except RemoteError as error:
        toast(request, str(error), kind="bad", icon="alert")
    else:
        toast(request, "The queue runs again", kind="good")
    return redirect(came_from(request))


@require_safe
def for_photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show for the photo's page the step that made it, the way there, what grew from it, and what it can begin."""
    photo = get_object_or_404(Photo, pk=pk)
    context = {"told": told_of(pk), "photo": photo, "can": possible(photo)}
    return render(request, "generation/for_photo.html", context)


def _ask_server() -> tuple[str, bool]:
    try:
        with connections.invokeai(timeouts=BRIEF) as client:
            client.version()
            return "", not client.queue.status().is_started
    except RemoteError as error:
        return str(error), False
