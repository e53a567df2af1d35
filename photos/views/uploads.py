"""Handing pictures in: one file for each request of the panel, or a plain form; and what became of them."""

import json
import re
from datetime import UTC, datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from lib.toasts import toast
from photos.choices import UploadStatus
from photos.intake import receiving
from photos.models import IncomingUpload, Photo
from photos.selecting import keys_of
from photos.views.answers import pictures

LATEST = 50
ASKED_AT_MOST = 500
CHECKSUM = re.compile("[0-9a-f]{64}")
NOT_ASKED = f"Ask with up to {ASKED_AT_MOST} SHA-256 checksums, in hexadecimal."
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


@require_POST
def known(request: HttpRequest) -> JsonResponse:
    """Tell which of the named bytes are in the library, or in its trash, so that they need not be sent."""
    checksums = _checksums(request)
    if checksums is None:
        return JsonResponse({"reason": NOT_ASKED}, status=400)
    photos = receiving.known_photos(checksums)
    return JsonResponse({"known": {photo.checksum: _places_of(photo) for photo in photos}})


def _checksums(request: HttpRequest) -> list[str] | None:
    """Return the checksums asked for, or None when the question makes no sense."""
    try:
        asked = json.loads(request.body)["checksums"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(asked, list) or len(asked) > ASKED_AT_MOST:
        return None
    return asked if all(isinstance(text, str) and CHECKSUM.fullmatch(text) for text in asked) else None


def _places_of(photo: Photo | None) -> dict[str, str]:
    """Return the photo's page, and how it comes out of the trash if it is there."""
    if photo is None:
        return {"photo": "", "restore": ""}
    restore = reverse("photos:restore-one", args=[photo.pk]) if photo.in_trash else ""
    return {"photo": photo.get_absolute_url(), "restore": restore}


def _take_in(request: HttpRequest) -> HttpResponse:
    files = [file for file in request.FILES.getlist("file") if isinstance(file, UploadedFile)]
    rows = [receiving.receive(file, str(file.name), _modified_at(request)) for file in files]
    if _wants_json(request):
        return JsonResponse(_told(rows[0]), status=201) if rows else JsonResponse({"reason": NO_FILE}, status=400)
    text = f"{pictures(len(rows))} handed in, they are looked at now" if rows else NO_FILE
    if left_out := getattr(request, "left_out", 0):
        text += f". {pictures(left_out)} beyond what one form takes: choose the rest, without the first {len(rows)}"
    toast(request, text, icon="upload" if rows else "alert", kind="plain" if rows else "bad")
    return redirect("photos:uploads")


def _tell(request: HttpRequest) -> JsonResponse:
    keys = keys_of(request.GET.get("ids", "").split(","))
    rows = IncomingUpload.objects.select_related("photo").filter(pk__in=keys)
    return JsonResponse({"uploads": [_told(row) for row in rows]})


def _told(row: IncomingUpload) -> dict[str, object]:
    """Return what the panel shows of one file."""
    return {
        "id": str(row.pk),
        "status": row.status,
        "reason": row.reason,
        "is_settled": row.status != UploadStatus.RECEIVED,
        **_places_of(row.photo),
    }


def _wants_json(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def _modified_at(request: HttpRequest) -> datetime | None:
    """Return when the file was last changed, from the browser's milliseconds; None when it does not say."""
    try:
        return datetime.fromtimestamp(int(request.POST.get("modified", "")) / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
