"""The order of an album's photos: moving some, and putting all in order."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from albums import arranging, placing
from albums.listing import ORDERS
from albums.models import Album, AlbumPhoto
from albums.views.answers import go
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
        toast(request, f"{pictures(put(pk, photos))} moved to the {request.POST['to']}", icon="check")
        return tell(request, "albums:arranged", [])
    try:
        _put_beside(pk, photos, request)
    except placing.NotInAlbum:
        return HttpResponse(GONE, status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


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
    toast(request, "In the order from before" if is_done else "That can no longer be undone", icon="restore")
    return go(request, shown.get_absolute_url())


def _put_beside(album: UUID, photos: list[UUID], request: HttpRequest) -> None:
    """Raises NotInAlbum when the other photo is gone, or none is named."""
    for name, put in (("after", placing.put_after), ("before", placing.put_before)):
        if keys := keys_of([request.POST.get(name, "")]):
            put(album, photos, keys[0])
            return
    raise placing.NotInAlbum
