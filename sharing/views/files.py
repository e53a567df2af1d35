"""The bytes visitors get, each through the gate."""

import contextlib
import io
from typing import cast

from django.core.files.base import File
from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils.crypto import salted_hmac
from django.utils.http import content_disposition_header
from PIL import Image

from photos.files import renditions
from photos.files.pictures import NO_POWERS
from photos.files.renditions import Size
from photos.files.serving import answer_file, answer_small, come_back_later, is_known, with_headers
from photos.files.turns import LONG, NoTurn, Turn
from photos.imaging import thumbnailing
from photos.imaging.decoding import Refused
from photos.models import Photo
from sharing import cleaning, names, packing, reach
from sharing.choices import Wish
from sharing.gate import Admission, Closed, through_gate

SALT = "sharing.etags"
PREVIEW_PIXELS = (1200, 1200)
PREVIEW_QUALITY = 82


@through_gate(Wish.GRID)
def grid(request: HttpRequest, admission: Admission) -> HttpResponseBase:
    """Answer with the small picture."""
    return _rendition(request, _photo(admission), renditions.GRID)


@through_gate(Wish.LARGE)
def large(request: HttpRequest, admission: Admission) -> HttpResponseBase:
    """Answer with the picture as large as a screen; while it is not made, with the small one."""
    photo = _photo(admission)
    is_small = not renditions.needs_large(photo.width, photo.height, photo.mime_type)
    # Small originals serve the owner as they are; a visitor gets a rendition of them, which is made for the first one.
    if is_small and not storages["thumbnails"].exists(_path(photo, renditions.LARGE)):
        thumbnailing.make_large(photo.pk)
    try:
        return _rendition(request, photo, renditions.LARGE)
    except Closed:
        return _rendition(request, photo, renditions.GRID)


@through_gate(Wish.PREVIEW)
def preview(request: HttpRequest, admission: Admission) -> HttpResponseBase:
    """Answer with the picture messengers show: a JPEG, because not all of them know WebP."""
    photo = reach.cover(admission.link)
    if photo is None:
        raise Closed
    etag = f'"{_digest(photo)}-preview"'
    if is_known(request, etag):
        return with_headers(HttpResponseNotModified(), etag)
    file = File(io.BytesIO(_as_jpeg(_opened(photo, renditions.LARGE, renditions.GRID))))
    return answer_small(request, file, content_type="image/jpeg", etag=etag)


@through_gate(Wish.ORIGINAL)
def original(request: HttpRequest, admission: Admission) -> HttpResponseBase:
    """Answer with the original, as clean as the link wants it, in parts if wanted."""
    photo, level = _photo(admission), cleaning.level_of(admission.link)
    try:
        copy = _copied(photo, level)
    except NoTurn:
        return come_back_later()
    except (OSError, ValueError, Refused) as error:
        raise Closed from error
    answer = answer_file(request, copy.file, content_type=copy.mime_type, etag=f'"{_digest(photo)}-{level}"')
    name = names.file_name(admission, photo, reach.number(admission.link, photo), copy.extension)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Content-Security-Policy"] = NO_POWERS
    return answer


@through_gate(Wish.ALL)
def everything(request: HttpRequest, admission: Admission) -> HttpResponseBase:
    """Answer with a ZIP of all originals, made while it is sent; in parts if wanted, once its copies were measured."""
    if planned := packing.planned(request, admission):
        file, etag = planned
        answer = answer_file(request, cast("File[bytes]", file), content_type="application/zip", etag=etag)
    else:
        answer = _streamed(request, admission)
    answer["Content-Disposition"] = content_disposition_header(True, names.archive_name(admission)) or "attachment"
    return answer


def _streamed(request: HttpRequest, admission: Admission) -> HttpResponseBase:
    """Return a ZIP whose length nobody knows yet."""
    headers = {"Accept-Ranges": "none", "Cache-Control": "private, no-store", "Content-Type": "application/zip"}
    if request.method == "HEAD":
        answer = HttpResponse(headers=headers)
        del answer.headers["Content-Length"]
        return answer
    try:
        pieces = packing.Archive(request, admission, reach.in_order(admission.link))
    except NoTurn:
        return come_back_later()
    return StreamingHttpResponse(pieces, headers=headers)


def _rendition(request: HttpRequest, photo: Photo, size: Size) -> HttpResponseBase:
    etag = f'"{_digest(photo)}-{size}"'
    return answer_small(request, _opened(photo, size), content_type="image/webp", etag=etag)


def _copied(photo: Photo, level: cleaning.Level) -> cleaning.Copy:
    """Return the copy to send. Making a long one takes a turn, as sending it does, and so does painting one anew."""
    with contextlib.closing(Turn()) if photo.file_size > LONG else contextlib.nullcontext():
        copy = cleaning.kept(photo, level)
    if copy:
        return copy
    with contextlib.closing(Turn()):
        return cleaning.painted_anew(photo)


def _opened(photo: Photo, *sizes: Size) -> "File[bytes]":
    """Open the first of the sizes that is made.

    Raises:
        Closed: when none is; a worker is asked for it.
    """
    for size in sizes:
        try:
            return cast("File[bytes]", storages["thumbnails"].open(_path(photo, size)))
        except FileNotFoundError:
            thumbnailing.ask_again(photo, size)
    raise Closed


def _as_jpeg(file: "File[bytes]") -> bytes:
    out = io.BytesIO()
    with file, Image.open(file, formats=["WEBP"]) as image:
        image.thumbnail(PREVIEW_PIXELS)
        image.convert("RGB").save(out, "JPEG", quality=PREVIEW_QUALITY)
    return out.getvalue()


def _photo(admission: Admission) -> Photo:
    if admission.photo is None:
        raise Closed
    return admission.photo


def _path(photo: Photo, size: Size) -> str:
    return renditions.path(photo.pk, photo.checksum or "", size)


def _digest(photo: Photo) -> str:
    """Return what tells one original from another, without its checksum: that would tell who guessed its metadata."""
    return salted_hmac(SALT, photo.checksum or "", algorithm="sha256").hexdigest()[: renditions.DIGEST_LENGTH]
