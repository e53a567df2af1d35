"""The timeline: every picture by day, with search and filters, all of it in the address."""

from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lib import paging
from lib.htmx import render_page
from photos.models import Photo
from photos.searching.filters import PhotoFilter, chips, choices
from photos.selecting import keys_of
from photos.timeline.days import Day, day_above, days_of, month_of, open_months
from photos.timeline.jumping import page_at, with_true_top
from photos.timeline.lists import list_in

# What htmx asks for, by what it will put it in the place of.
PARTS = {"pager": "more", "pager-above": "above"}
# From which the script makes a way on where it has taken pictures out; it puts the right key in.
ANYWHERE: paging.Page[Photo] = paging.Page([], *[paging.Key(datetime(2000, 1, 1, tzinfo=UTC), UUID(int=0))] * 2)
TILE_SIZES = ("1", "2", "3", "4", "5")
NEWER_AT_MOST = 100


@require_GET
def timeline(request: HttpRequest) -> HttpResponse:
    """Show one page of the wanted photos; for htmx the new results, or what goes on at an end of the list."""
    wanted = PhotoFilter.from_query(request.GET)
    photos = wanted.narrow(Photo.objects.visible())
    part = PARTS.get(request.htmx.target or "", "results")  # type: ignore[attr-defined]
    page = page_at(photos.for_grid(), request.GET)
    page = with_true_top(page, photos) if part == "results" else page
    context: dict[str, object] = {
        "section": "photos",
        "wanted": wanted,
        "problems": wanted.problems(is_typing=_is_typing(request)),
        "address": f"{wanted.query[1:]}&" if wanted.query else "",
        "page": page,
    }
    days = days_of(page, photos, today=timezone.localdate())
    context |= _around(request, wanted, page, days) if part == "results" else _joined(request, days)
    answer = render_page(request, "photos/timeline.html", context, fragment=part)
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
    named = Photo.objects.filter(pk__in=keys_of(request.GET.getlist("photo")))
    named = named.with_thumbnail() if "ready" in request.GET else named
    query = list_in(request.GET).query
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


def _joined(request: HttpRequest, days: list[Day]) -> dict[str, object]:
    """Return days that are put below or above those the page has, and how they join.

    ``continued`` is the day whose heading stands there already. A month's heading that stands over the page's first
    day moves up to the first of the days that come above it.
    """
    above, below = (day_above(request.GET.get(name, "")) for name in ("before", "after"))
    continued = above or below
    own = open_months([day for day in days if day.slug != continued], above=above)
    moved = [day.month_slug for day in own if below and day.month_slug == month_of(below)]
    return {"days": days, "continued": continued, "moved_month": moved[0] if moved else None}


def _around(request: HttpRequest, wanted: PhotoFilter, page: paging.Page[Photo], days: list[Day]) -> dict[str, object]:
    """Return what the page shows around its days."""
    top = page.rows[0] if page.rows else None
    return {
        "days": open_months(days),
        "anywhere": ANYWHERE,
        "is_jump": "at" in request.GET,
        "choices": choices(wanted),
        "chips": chips(wanted),
        "is_typing": _is_typing(request),
        "tiles": tile_size(request),
        "top": paging.Key(top.taken_at, top.pk) if top else "",
        "left_out": _left_out(wanted) if wanted.count and not top else 0,
        "without_filters": wanted.only_words().query,
    }


def _is_typing(request: HttpRequest) -> bool:
    """Tell whether a pause in typing asks, and the words may go on."""
    return bool(request.htmx.trigger == "words")  # type: ignore[attr-defined]


def _left_out(wanted: PhotoFilter) -> int:
    """Count what the words alone would find, when the filters leave nothing."""
    return wanted.only_words().narrow(Photo.objects.visible(), is_whole=True).count()
