"""Albums: the list of them, one with its photos, and adding a selection to one."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from albums.models import Album, AlbumPhoto
from lib.htmx import render_page
from lib.paging import PAGE_SIZE
from photos.models import Photo
from photos.selecting import Selection
from photos.views.answers import perform
from photos.views.selection import ask
from photos.views.timeline import tile_size

NAME_LIMIT = 200
NOT_CHOSEN = "Give a new album a name, or choose one that is there."


@require_GET
def albums(request: HttpRequest) -> HttpResponse:
    """List the albums, the one that changed last first."""
    context = {"albums": Album.objects.with_sizes(), "section": "albums"}
    return render(request, "albums/album_list.html", context)


@require_GET
def album(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one page of an album's photos, in their order."""
    shown = get_object_or_404(Album.objects.with_sizes(), pk=pk)
    places, following = _page(shown, request.GET.get("after", ""))
    context: dict[str, object] = {
        "album": shown,
        "photos": [place.photo for place in places],
        "following": following,
        "tiles": tile_size(request),
        "section": "albums",
    }
    is_more = request.htmx.target == "pager"  # type: ignore[attr-defined]
    return render_page(request, "albums/album.html", context, fragment="more" if is_more else "results")


@require_POST
def add_selected(request: HttpRequest) -> HttpResponse:
    """Ask for an album, then add the selected photos to it."""
    name = " ".join(request.POST.get("name", "").replace("\0", "").split())[:NAME_LIMIT]
    if not name and not request.POST.get("album"):
        error = NOT_CHOSEN if "name" in request.POST else ""
        return ask(request, "albums/add_selected.html", {"albums": Album.objects.only("name"), "error": error})
    chosen = _chosen(name, request.POST.get("album", ""))
    return perform(request, "album", Selection.from_post(request.POST).photos(), str(chosen.pk))


def _chosen(name: str, key: str) -> Album:
    if name:
        with transaction.atomic():
            return Album.objects.create(name=name)
    return get_object_or_404(Album, pk=UUID(key) if _is_key(key) else None)


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _page(shown: Album, after: str) -> tuple[list[AlbumPhoto], int | None]:
    """Return the places of one page, and the key of its last place if more follow."""
    places = AlbumPhoto.objects.filter(album=shown).shown()
    last = AlbumPhoto.objects.filter(album=shown, pk=after).first() if after.isascii() and after.isdecimal() else None
    found = list((places.after(last) if last else places)[: PAGE_SIZE + 1])
    photos = Photo.objects.for_grid().in_bulk([place.photo_id for place in found])
    for place in found:
        place.photo = photos[place.photo_id]
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None
