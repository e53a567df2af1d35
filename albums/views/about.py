"""What an album is called, its cover, and whether it is there."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from albums import changing
from albums.forms import AlbumForm
from albums.models import Album, AlbumPhoto
from albums.views.answers import LATE, go, go_back
from lib.htmx import render_page
from lib.toasts import toast
from photos.selecting import Selection


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show name and description, then keep what was written."""
    shown = get_object_or_404(Album, pk=pk)
    form = AlbumForm(request.POST) if request.method == "POST" else AlbumForm.about(shown)
    if not form.is_valid():
        context: dict[str, object] = {"form": form, "album": shown, "section": "albums", "address": request.path}
        return render_page(request, "albums/edit.html", context, fragment="question")
    if token := changing.change(shown, **form.columns):
        _say(request, "Saved", token)
    return go_back(request, shown.get_absolute_url())


@require_POST
def cover(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the first of the selected photos the cover; without one, the album's first photo is it again."""
    shown = get_object_or_404(Album, pk=pk)
    selected = Selection.from_post(request.POST).photos()
    places = AlbumPhoto.objects.filter(album=pk, photo__in=selected.order_by().values("pk")).shown()
    chosen = None if request.POST.get("none") else places.values_list("photo", flat=True).first()
    if token := changing.change(shown, cover_photo_id=chosen):
        _say(request, "This is the cover now" if chosen else "The first picture is the cover now", token)
    return go(request, shown.get_absolute_url())


@require_POST
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    """Undo a change of name, description or cover."""
    album = changing.take_back(token)
    toast(request, "As it was before" if album else LATE, icon="restore" if album else "alert")
    return go_back(request, album.get_absolute_url() if album else reverse("albums:albums"))


@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete an album. Its photos stay in the library."""
    shown = get_object_or_404(Album, pk=pk)
    if changing.delete(pk):
        undo = reverse("albums:restore", args=[pk])
        toast(request, f"The album “{shown.name}” is deleted, its pictures are not", icon="trash", undo_url=undo)
    return go(request, reverse("albums:albums"))


@require_POST
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring a deleted album back."""
    is_back = changing.restore(pk)
    album = Album.objects.filter(pk=pk).first()
    text = f"The album “{album.name}” is back" if album and is_back else LATE
    toast(request, text, icon="restore" if is_back else "alert")
    return go_back(request, album.get_absolute_url() if album else reverse("albums:albums"))


def _say(request: HttpRequest, text: str, token: str) -> None:
    toast(request, text, undo_url=reverse("albums:take-back", args=[token]))
