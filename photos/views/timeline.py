"""The timeline: every picture by day, with search and filters, all of it in the address."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lib import paging
from lib.htmx import render_page
from photos.days import day_above, days_of
from photos.filters import PhotoFilter, chips, choices
from photos.models import Photo

TILE_SIZES = ("1", "2", "3", "4", "5")
NEWER_AT_MOST = 100


@require_GET
def timeline(request: HttpRequest) -> HttpResponse:
    """Show one page of the wanted photos; for htmx the new results, or what follows at the end of the list."""
    wanted = PhotoFilter.from_query(request.GET)
    photos = wanted.narrow(Photo.objects.visible())
    page = paging.page(photos.for_grid(), request.GET, by="taken_at")
    is_more = request.htmx.target == "pager"  # type: ignore[attr-defined]
    context: dict[str, object] = {
        "section": "photos",
        "wanted": wanted,
        "address": f"{wanted.query[1:]}&" if wanted.query else "",
        "page": page,
        "days": days_of(page, photos, today=timezone.localdate()),
    }
    context |= {"continued": day_above(request.GET.get("before", ""))} if is_more else _around(request, wanted, page)
    answer = render_page(request, "photos/timeline.html", context, fragment="more" if is_more else "results")
    return _with_address(request, answer, wanted)


def _with_address(request: HttpRequest, answer: HttpResponse, wanted: PhotoFilter) -> HttpResponse:
    """Have the search form leave a clean address, and what is typed not one for each pause."""
    headers = {"wanted": "HX-Push-Url", "words": "HX-Replace-Url"}
    if header := headers.get(request.htmx.trigger or ""):  # type: ignore[attr-defined]
        answer[header] = request.path + wanted.query
    return answer


@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    """Return the cards of the photos that are named; with ``ready`` only those whose thumbnails have come by now."""
    named = Photo.objects.filter(pk__in=identifiers(request.GET.getlist("photo")))
    named = named.with_thumbnail() if "ready" in request.GET else named
    query = PhotoFilter.from_query(request.GET).query
    context = {"photos": named.for_grid(), "query": query, "is_swap": True}
    return render(request, "photos/_cards.html", context)


@require_GET
def newer(request: HttpRequest) -> JsonResponse:
    """Count, as JSON, the wanted photos above the place ``after``, up to a hundred."""
    photos = PhotoFilter.from_query(request.GET).narrow(Photo.objects.visible())
    key = paging.Key.parse(request.GET.get("after", ""))
    above = photos.filter(paging.newer_than(key, "taken_at")) if key else photos
    return JsonResponse({"newer": above.order_by()[:NEWER_AT_MOST].count()})


def tile_size(request: HttpRequest) -> str:
    """Return the size of tiles the owner chose, from a cookie."""
    size = request.COOKIES.get("tiles", "")
    return size if size in TILE_SIZES else "3"


def identifiers(texts: list[str]) -> list[UUID]:
    """Return the primary keys among ``texts``, at most some thousand; nonsense is left out."""
    return [key for text in texts[:5000] if (key := _identifier(text))]


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _around(request: HttpRequest, wanted: PhotoFilter, page: paging.Page[Photo]) -> dict[str, object]:
    """Return what the page shows around its days."""
    top = page.rows[0] if page.rows else None
    return {
        "choices": choices(wanted),
        "chips": chips(wanted),
        "is_typing": request.htmx.trigger == "words",  # type: ignore[attr-defined]
        "tiles": tile_size(request),
        "top": paging.Key(top.taken_at, top.pk) if top else "",
        "left_out": _left_out(wanted) if wanted.count and not top else 0,
        "without_filters": wanted.only_words().query,
    }


def _left_out(wanted: PhotoFilter) -> int:
    """Count what the words alone would find, when the filters leave nothing."""
    return wanted.only_words().narrow(Photo.objects.visible()).count()
