"""Adding a selection to an album, and taking one out of it wherever it was selected."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from albums.models import Album
from photos.selecting import Selection
from photos.views.answers import perform
from photos.views.selection import ask

NAME_LIMIT = 200
NOT_CHOSEN = "Give a new album a name, or choose one that is there."


@require_POST
def add_selected(request: HttpRequest) -> HttpResponse:
    """Ask for an album, then add the selected photos to it."""
    name = " ".join(request.POST.get("name", "").replace("\0", "").split())[:NAME_LIMIT]
    if not name and not request.POST.get("album"):
        error = NOT_CHOSEN if "name" in request.POST else ""
        return ask(request, "albums/add_selected.html", {"albums": Album.objects.only("name"), "error": error})
    chosen = _chosen(name, request.POST.get("album", ""))
    return perform(request, "album", Selection.from_post(request.POST).photos(), str(chosen.pk))


@require_POST
def leave_selected(request: HttpRequest) -> HttpResponse:
    """Ask which of their albums the selected photos shall leave, then take them out of it."""
    selected, key = Selection.from_post(request.POST).photos(), request.POST.get("album", "")
    if not key:
        return ask(request, "albums/leave_selected.html", {"albums": Album.objects.holding(selected)})
    return perform(request, "leave-album", selected, str(_chosen("", key).pk))


def _chosen(name: str, key: str) -> Album:
    if name:
        with transaction.atomic():
            made: Album = Album.objects.create(name=name)
            return made
    return get_object_or_404(Album, pk=UUID(key) if _is_key(key) else None)


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
