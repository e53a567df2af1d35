"""What was done to many photos: how far it is, stopping it, taking it back, fetching what it made."""

from urllib.parse import urlsplit
from uuid import UUID

from django.core.files.base import File
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST, require_safe

from lib.htmx import render_page
from lib.toasts import toast
from photos.acts import act_for, acting
from photos.choices import BulkState
from photos.files import archiving
from photos.files.serving import answer_file
from photos.models import BulkAction, Photo
from photos.querysets import PhotoQuerySet
from photos.selecting import Selection
from photos.views.answers import done, nothing, tell

LATEST = 30


@require_GET
def actions(request: HttpRequest) -> HttpResponse:
    """List what was done since yesterday; for htmx only what is under way, for the corner of any other page."""
    if request.htmx:  # type: ignore[attr-defined]
        is_shown = urlsplit(request.headers.get("HX-Current-URL", "")).path.startswith(request.path)
        under_way = BulkAction.objects.none() if is_shown else BulkAction.objects.at_work()
        return render(request, "photos/_actions.html", {"actions": under_way[:LATEST]})
    latest = BulkAction.objects.order_by("-created_at")[:LATEST]
    return render(request, "photos/actions.html", {"actions": latest, "section": "photos"})


@require_GET
def action(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell how far one is. When it has just ended, the page's scripts are told to look again."""
    shown = get_object_or_404(BulkAction, pk=pk)
    answer = render_page(request, "photos/action.html", {"action": shown, "section": "photos"}, fragment="card")
    if request.htmx and not shown.is_at_work:  # type: ignore[attr-defined]
        answer["HX-Trigger"] = "photos:refresh"
    return answer


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop one before its next step."""
    acting.cancel(pk)
    if request.htmx:  # type: ignore[attr-defined]
        shown = get_object_or_404(BulkAction, pk=pk)
        return render(request, "photos/action.html#card", {"action": shown})
    return redirect("photos:action", pk)


@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what one changed."""
    undone = acting.undo(pk)
    if undone is None:
        toast(request, "That can no longer be undone. Pictures in the trash can be restored there", icon="alert")
        return tell(request, "photos:back", [])
    return done(request, undone)


@require_POST
def download_selected(request: HttpRequest) -> HttpResponse:
    """Pack the originals of the selected photos into a ZIP; a single one is sent as it is."""
    photos, how = Selection.from_post(request.POST).photos(), request.POST.get("metadata", "")
    is_without = how == archiving.WITHOUT
    is_to_be_packed = request.POST.get("anew") == "1"
    if address := "" if is_to_be_packed else _address_of_single(photos, is_without=is_without):
        return _go(request, address)
    packed = acting.begin(act_for("download"), photos, archiving.WITHOUT if is_without else "")
    if packed is None:
        return nothing(request, act_for("download").nothing(""))
    if packed.state == BulkState.DONE:
        return _go(request, reverse("photos:archive", args=[packed.pk]))
    return done(request, packed)


@require_safe
def archive(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Send a ZIP that is ready, or the part of it that is asked for."""
    packed = get_object_or_404(BulkAction, pk=pk, verb="download", state=BulkState.DONE)
    try:
        file = File(archiving.path_of(packed).open("rb"))
    except FileNotFoundError as error:
        raise Http404 from error
    response = answer_file(request, file, content_type="application/zip", etag=f'"{pk.hex}-{packed.size}"')
    response["Cache-Control"] = "private, no-store"
    name = f"pictures-{packed.created_at:%Y-%m-%d}.zip"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _address_of_single(photos: PhotoQuerySet, *, is_without: bool) -> str:
    """Return where a selection of one photo can be fetched; empty for more, or none."""
    some: list[Photo] = list(photos.with_file()[:2])
    if len(some) != 1:
        return ""
    return some[0].plain_download_url if is_without else some[0].download_url


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
