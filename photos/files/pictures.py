"""The addresses of bytes: renditions found by their address alone, and originals, in parts if wanted."""

import contextlib
import logging
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.files.base import File
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from photos.files import renditions, storing
from photos.files.gate import may_see_pictures
from photos.files.renditions import Size
from photos.files.serving import answer_file, answer_small, come_back_later
from photos.files.turns import LONG, NoTurn, Turn
from photos.imaging import thumbnailing
from photos.models import Photo
from photos.stripping.copying import CannotStrip, stripped_copy

log = logging.getLogger(__name__)

# An original is a stranger's file under our name: whatever it is, it may run nothing and load nothing.
NO_POWERS = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@login_not_required
@require_safe
def rendition(request: HttpRequest, size: Size, pk: UUID, digest: str) -> HttpResponseBase:
    """Answer the owner with a small picture."""
    return show(request, size, pk, digest) if may_see_pictures(request) else _closed()


def show(request: HttpRequest, size: Size, pk: UUID, digest: str) -> HttpResponseBase:
    """Answer with a small picture, which its address alone finds; with something else while it is not made yet."""
    try:
        file = storages["thumbnails"].open(renditions.path(pk, digest, size))
    except FileNotFoundError:
        return _something_else(_photo_or_404(pk, digest), size)
    return answer_small(request, file, content_type="image/webp", etag=f'"{digest}-{size}"')


@login_not_required
@require_safe
def original(request: HttpRequest, pk: UUID, digest: str, extension: str) -> HttpResponseBase:
    """Answer with the untouched file; ``?download`` saves it under its readable name.

    With ``without`` it is a copy without metadata: no place, no camera, no prompt.
    """
    if not may_see_pictures(request):
        return _closed()
    photo, is_plain = _photo_or_404(pk, digest), "without" in request.GET
    try:
        file = _copy_without_metadata(photo) if is_plain else storages["originals"].open(photo.local_storage_path or "")
    except OSError as trouble:
        log.error("photo %s: its original cannot be read (%s)", photo.pk, type(trouble).__name__)
        return render(request, "photos/file_missing.html", {"photo": photo}, status=404)
    except NoTurn:
        return come_back_later()
    except CannotStrip as reason:
        return render(request, "photos/draw_anew.html", {"photo": photo, "reason": reason, "section": "photos"})
    etag = f'"{digest}-{"plain" if is_plain else "original"}"'
    response = answer_file(request, file, content_type=photo.mime_type, etag=etag)
    response["Content-Security-Policy"] = NO_POWERS
    name = content_disposition_header("download" in request.GET, photo.original_name or photo.filename)
    response["Content-Disposition"] = name or "inline"
    return response


def _photo_or_404(pk: UUID, digest: str) -> Photo:
    photo = Photo.objects.filter(pk=pk, checksum__startswith=digest).first()
    if photo is None or not photo.is_here:
        raise Http404
    return photo


def _copy_without_metadata(photo: Photo) -> "File[bytes]":
    """Return it. Making a long one takes a turn, as sending it does."""
    turn = contextlib.closing(Turn()) if photo.file_size > LONG else contextlib.nullcontext()
    with (
        turn,
        storing.local_copy(storages["originals"], photo.local_storage_path or "") as path,
    ):
        return File(stripped_copy(path, photo.mime_type))


def _something_else(photo: Photo, size: Size) -> HttpResponseBase:
    """Send the browser to what can be shown meanwhile, and ask a worker for what is missing."""
    thumbnailing.ask_again(photo, size)
    if not photo.is_displayable:
        raise Http404
    response = redirect(photo.original_url)
    response["Cache-Control"] = "no-store"
    return response


def _closed() -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse("Please sign in to see this picture.", status=403, content_type="text/plain", headers=headers)
