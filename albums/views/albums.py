"""The albums, and making one."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from albums import orders
from albums.cards import cards
from albums.forms import AlbumForm
from albums.listing import ALBUM_ORDERS
from albums.models import Album
from albums.views.answers import go
from lib.htmx import render_page
from lib.toasts import toast
from photos.models import SavedSearch

PAGE_SIZE = 60


@require_GET
def albums(request: HttpRequest) -> HttpResponse:
    """Show one page of the albums, those that changed last first, or by name."""
    order = ALBUM_ORDERS.get(request.GET.get("by", ""), ALBUM_ORDERS["changed"])
    asked = Album.objects.with_folded_names().with_sizes().with_dates().with_covers()
    page = orders.page(asked, order, request.GET, size=PAGE_SIZE)
    context: dict[str, object] = {
        "section": "albums",
        "cards": cards(page.rows),
        "page": page,
        "order": order,
        "orders": ALBUM_ORDERS.values(),
        "searches": SavedSearch.objects.all(),
    }
    return render_page(request, "albums/albums.html", context, fragment="cards")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a name, then make an album."""
    form = AlbumForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context: dict[str, object] = {"form": form, "section": "albums", "address": request.path}
        return render_page(request, "albums/edit.html", context, fragment="question")
    made = Album.objects.create(**form.columns)
    toast(request, f"The album “{made.name}” is there", kind="good", icon="albums")
    return go(request, made.get_absolute_url())
