"""Handing pictures in: one file for each request of the panel, or a plain form; and what became of them."""

from datetime import UTC, datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lib.toasts import toast
from photos import receiving
from photos.choices import UploadStatus
from photos.models import IncomingUpload
from photos.views.answers import pictures
from photos.views.timeline import identifiers

LATEST = 50
NO_FILE = "No file came with the request. Choose one and try again"


@require_http_methods(["GET", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    """Take files in, or tell what became of them; as JSON for the panel, else as a page."""
    if request.method == "POST":
        return _take_in(request)
    if "ids" in request.GET:
        return _tell(request)
    rows = IncomingUpload.objects.select_related("photo").order_by("-created_at")[:LATEST]
    return render(request, "photos/uploads.html", {"uploads": rows, "section": "photos"})


def _take_in(request: HttpRequest) -> HttpResponse:
    files = [file for file in request.FILES.getlist("file") if isinstance(file, UploadedFile)]
    rows = [receiving.receive(file, str(file.name), _modified_at(request)) for file in files]
    if _wants_json(request):
        return JsonResponse(_told(rows[0]), status=201) if rows else JsonResponse({"reason": NO_FILE}, status=400)
    text = f"{pictures(len(rows))} handed in, they are looked at now" if rows else NO_FILE
    toast(request, text, icon="upload" if rows else "alert", kind="plain" if rows else "bad")
    return redirect("photos:uploads")


def _tell(request: HttpRequest) -> JsonResponse:
    keys = identifiers(request.GET.get("ids", "").split(","))
    rows = IncomingUpload.objects.select_related("photo").filter(pk__in=keys)
    return JsonResponse({"uploads": [_told(row) for row in rows]})


def _told(row: IncomingUpload) -> dict[str, object]:
    """Return what the panel shows of one file."""
    photo = row.photo
    restore = reverse("photos:restore-one", args=[photo.pk]) if photo and photo.in_trash else ""
    return {
        "id": str(row.pk),
        "status": row.status,
        "reason": row.reason,
        "is_settled": row.status != UploadStatus.RECEIVED,
        "photo": photo.get_absolute_url() if photo else "",
        "restore": restore,
    }


def _wants_json(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def _modified_at(request: HttpRequest) -> datetime | None:
    """Return when the file was last changed, from the browser's milliseconds; None when it does not say."""
    try:
        return datetime.fromtimestamp(int(request.POST.get("modified", "")) / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
