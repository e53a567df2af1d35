"""The trash: what waits there, back from there, and away for good."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lib import paging
from lib.htmx import render_page
from lib.toasts import toast
from photos import expiring, trashing
from photos.days import day_above
from photos.models import Photo
from photos.querysets import PhotoQuerySet
from photos.selecting import keys_of
from photos.views.answers import perform, pictures
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


@require_http_methods(["GET", "POST"])
def empty_trash(request: HttpRequest) -> HttpResponse:
    """Ask whether all of the trash may go for good; on POST let it go."""
    return _ask_or_purge(request, Photo.objects.trashed(), {"is_all": True})


@require_POST
def purge_selected(request: HttpRequest) -> HttpResponse:
    """Ask whether the ticked photos may go for good; with ``sure`` let them go."""
    keys = keys_of(request.POST.getlist("photo"))
    return _ask_or_purge(request, Photo.objects.trashed().filter(pk__in=keys), {"keys": keys})


def _ask_or_purge(request: HttpRequest, photos: PhotoQuerySet, context: dict[str, object]) -> HttpResponse:
    if request.POST.get("sure") == "1":
        return _purge(request, photos)
    return render_confirmation(request, photos, context)


def _purge(request: HttpRequest, photos: PhotoQuerySet) -> HttpResponse:
    done = trashing.purge(photos)
    toast(request, f"{pictures(done.count)} deleted for good", icon="trash")
    if done.failed:
        toast(request, f"{pictures(done.failed)} could not be removed from the disk yet", kind="bad", icon="alert")
    address = reverse("photos:trash")
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def render_confirmation(request: HttpRequest, photos: PhotoQuerySet, context: dict[str, object]) -> HttpResponse:
    """Show how many pictures would go, as a page or as the content of the dialog."""
    context |= {"count": photos.count(), "address": request.path, "section": "trash"}
    part = "#question" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"photos/confirm_purge.html{part}", context)
