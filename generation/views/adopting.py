"""The page that brings in what InvokeAI has already."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from clients.errors import RemoteRejected
from generation.adoption import adopting
from generation.models import Adoption
from lib.htmx import render_page
from photos.choices import RetrievalStatus
from photos.models import Photo
from settings_app import connections


@never_cache
@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest) -> HttpResponse:
    """Tell how far it is; on POST begin, or go on."""
    try:
        server = connections.current_server()
    except RemoteRejected as refusal:
        return _page(request, {"problem": str(refusal)})
    if request.method == "POST":
        adopting.start(server)
        if not request.htmx:  # type: ignore[attr-defined]
            return redirect("generation:adopt")
    return _page(request, _state(server))


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Look at no more of the server's pictures."""
    adopting.cancel(pk)
    return redirect("generation:adopt")


def _state(server: str) -> dict[str, object]:
    latest = Adoption.objects.filter(server=server).first()
    return {"server": server, "adoption": latest, **(_fetched(server) if latest else {})}


def _fetched(server: str) -> dict[str, int]:
    """Return how many of the server's pictures are here, of how many, and how many still come."""
    known = Photo.objects.filter(server=server)
    to_fetch = known.not_here().filter(retrieval_status=RetrievalStatus.PENDING).count()
    total = known.count()
    return {"to_fetch": to_fetch, "known": total, "here": total - to_fetch}


def _page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    return render_page(request, "generation/adopt.html", {"section": "studio", **context}, fragment="adoption")
