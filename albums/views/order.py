"""The order of an album's photos: moving some, and putting all in order."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from albums import arranging, moving, placing
from albums.listing import ORDERS
from albums.models import Album, AlbumPhoto
from albums.views.answers import LATE, go
from lib.toasts import toast
from photos.selecting import Selection, keys_of
from photos.views.answers import pictures, tell

GONE = "The picture beside it is no longer in the album, so nothing was moved"
MOVES_TO = {"start": placing.put_first, "end": placing.put_last}


@require_POST
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the selected photos right ``after`` or ``before`` another one, or ``to`` the start or the end."""
    get_object_or_404(Album, pk=pk)
    selected = Selection.from_post(request.POST).photos().order_by().values("pk")
    places = AlbumPhoto.objects.filter(album=pk, photo__in=selected).in_order()
    photos = list(places.values_list("photo", flat=True))
    if put := MOVES_TO.get(request.POST.get("to", "")):
        count, undo = moving.move(pk, photos, lambda: put(pk, photos))
        _say(request, f"{pictures(count)} moved to the {request.POST['to']}", pk, undo)
        return tell(request, "albums:arranged", [])
    try:
        count, undo = moving.move(pk, photos, lambda: _put_beside(pk, photos, request))
    except placing.NotInAlbum:
        return HttpResponse(GONE, status=409, content_type="text/plain; charset=utf-8")
    if request.htmx:  # type: ignore[attr-defined]
        _say(request, f"{pictures(count)} moved", pk, undo)
        return HttpResponse()
    return HttpResponse(status=204)


@require_POST
def undo_move(request: HttpRequest, pk: UUID, undo: UUID) -> HttpResponse:
    """Put photos back where they stood."""
    get_object_or_404(Album, pk=pk)
    is_done = moving.take_back(pk, undo)
    toast(request, "Back where they were" if is_done else LATE, icon="restore" if is_done else "alert")
    return tell(request, "albums:arranged", [])


@require_POST
def arrange(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put all photos in order, for good until they are moved again."""
    shown = get_object_or_404(Album, pk=pk)
    by = request.POST.get("by", "")
    if by in arranging.COLUMNS:
        undo = reverse("albums:undo-arranging", args=[pk, arranging.arrange(pk, by)])
        toast(request, f"The album’s own order is now: {ORDERS[by].label.lower()}", undo_url=undo)
    return go(request, shown.get_absolute_url())


@require_POST
def undo_arranging(request: HttpRequest, pk: UUID, arrangement: UUID) -> HttpResponse:
    """Give the photos the order they had."""
    shown = get_object_or_404(Album, pk=pk)
    is_done = arranging.take_back(pk, arrangement)
    toast(request, "In the order from before" if is_done else LATE, icon="restore")
    return go(request, shown.get_absolute_url())


def _say(request: HttpRequest, text: str, album: UUID, undo: UUID) -> None:
    toast(request, text, undo_url=reverse("albums:undo-move", args=[album, undo]))


def _put_beside(album: UUID, photos: list[UUID], request: HttpRequest) -> int:
    """Raises NotInAlbum when the other photo is gone, or none is named."""
    for name, put in (("after", placing.put_after), ("before", placing.put_before)):
        if keys := keys_of([request.POST.get(name, "")]):
            return put(album, photos, keys[0])
    raise placing.NotInAlbum
