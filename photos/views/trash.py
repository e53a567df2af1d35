"""The trash: what waits there, back from there, and away for good."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from lib import paging
from lib.htmx import render_page
from photos import expiring
from photos.acts import act_for
from photos.acts.purging import SKIPPING_TRASH
from photos.models import Photo
from photos.selecting import Selection
from photos.timeline.days import day_above
from photos.views.answers import came_from, perform, pictures
from photos.views.timeline import tile_size
from settings_app import library


@require_GET
def trash(request: HttpRequest) -> HttpResponse:
    """Show what was thrown away, the latest first."""
    photos = Photo.objects.trashed()
    page = paging.page(photos.for_grid(), request.GET, by="deleted_at")
    kept_for = library.trash_time()
    is_more = request.htmx.target == "pager"  # type: ignore[attr-defined]
    context: dict[str, object] = {
        "section": "trash",
        "page": page,
        "days": expiring.leaving_days(page, photos, kept_for),
        "continued": day_above(request.GET.get("before", "")) if is_more else None,
        "kept_days": kept_for.days if kept_for else 0,
        "total": photos.count(),
        "tiles": tile_size(request),
    }
    return render_page(request, "photos/trash.html", context, fragment="more" if is_more else "results")


@require_POST
def restore_all(request: HttpRequest) -> HttpResponse:
    """Bring everything back from the trash."""
    return perform(request, "restore", Photo.objects.trashed())


@require_GET
def empty_trash(request: HttpRequest) -> HttpResponse:
    """Ask whether all that is in the trash now may go for good."""
    return _ask(request, Selection.whole_trash())


@require_POST
def purge_selected(request: HttpRequest) -> HttpResponse:
    """Ask whether the selected photos may go for good; with ``sure`` have a worker remove them.

    Only those in the trash go, unless ``at_once`` spares them that way.
    """
    selection, is_at_once = Selection.from_post(request.POST), request.POST.get("at_once") == "1"
    if request.POST.get("sure") == "1":
        return perform(request, "purge", selection.photos(), SKIPPING_TRASH if is_at_once else "")
    return _ask(request, selection, is_at_once=is_at_once)


def _ask(request: HttpRequest, selection: Selection, *, is_at_once: bool = False) -> HttpResponse:
    """Show how many pictures would go, as a page or as the content of the dialog."""
    count = act_for("purge").among(selection.photos(), SKIPPING_TRASH if is_at_once else "").count()
    context: dict[str, object] = {
        "section": "photos" if is_at_once else "trash",
        "selection": selection,
        "is_at_once": is_at_once,
        "count": count,
        "pictures": pictures(count),
        "next": came_from(request) if is_at_once else reverse("photos:trash"),
    }
    part = "#question" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"photos/confirm_purge.html{part}", context)
