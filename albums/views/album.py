"""One album with its photos."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from albums import listing, orders
from albums.cards import dates_in_words
from albums.models import Album
from albums.walking import InAlbum
from lib import paging
from lib.htmx import render_page
from photos.models import Photo
from photos.selecting import Selection
from photos.views.answers import perform
from photos.views.timeline import tile_size

# What of the page is wanted, by what of it is replaced.
PARTS = {"pager": "more", "pager-above": "earlier"}


@require_GET
def album(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one page of an album's photos in the wanted order; for htmx all of it anew, or what follows or precedes."""
    part = PARTS.get(request.htmx.target or "", "results")  # type: ignore[attr-defined]
    is_whole = part == "results"
    shown = get_object_or_404(Album.objects.with_sizes() if is_whole else Album.objects.all(), pk=pk)
    order = listing.order_called(request.GET.get("by", ""))
    photos = listing.photos_of(pk, order)
    try:
        asked = listing.asked_from(photos, order, request.GET)
    except Photo.DoesNotExist as gone:
        raise Http404 from gone
    page = orders.page(photos.for_grid(), order, asked, size=paging.PAGE_SIZE)
    context: dict[str, object] = {
        "section": "albums",
        "album": shown,
        "order": order,
        "page": page,
        "wanted": InAlbum.of(pk, order),
    }
    context |= _around(request, pk) if is_whole else {}
    return render_page(request, "albums/album.html", context, fragment=part)


@require_POST
def remove_selected(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the selected photos out of an album; they stay in the library."""
    get_object_or_404(Album, pk=pk)
    return perform(request, "leave-album", Selection.from_post(request.POST).photos(), str(pk))


def _around(request: HttpRequest, pk: UUID) -> dict[str, object]:
    """Return what the page shows around its photos."""
    span = listing.span(pk)
    return {
        "orders": listing.ORDERS.values(),
        "dates": dates_in_words(span[0].taken_at, span[1].taken_at) if span else "",
        "tiles": tile_size(request),
    }
