"""Answers made of bytes, as browsers and players want them: cached for ever, in parts, one long one at a time."""

from typing import Any

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags

from photos.files.ranges import NotSatisfiable, Part, PartOfFile, read_range
from photos.files.turns import LONG, RETRY_AFTER_SECONDS, LongRead, NoTurn, Turn

FOR_EVER = "private, max-age=31536000, immutable"


class Download(FileResponse):
    """A streamed file, in pieces of a size that keeps the disk and the network busy."""

    block_size = 256 * 1024


def answer_small(request: HttpRequest, file: "File[bytes]", *, content_type: str, etag: str) -> HttpResponseBase:
    """Answer with a file that fits in memory, or say that the browser has it already."""
    with file:
        if is_known(request, etag):
            return with_headers(HttpResponseNotModified(), etag)
        content = file.read()
    response = HttpResponse(b"" if request.method == "HEAD" else content, content_type=content_type)
    response["Content-Length"] = str(len(content))
    return with_headers(response, etag)


def answer_file(request: HttpRequest, file: "File[bytes]", *, content_type: str, etag: str) -> HttpResponseBase:
    """Answer with a file or the part that is asked for; with 503 when too many long downloads are under way."""
    if is_known(request, etag):
        file.close()
        return with_headers(HttpResponseNotModified(), etag)
    try:
        part = _wanted_part(request, file.size, etag)
        response = _stream(request, file, part, content_type)
    except NotSatisfiable:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    except NoTurn:
        file.close()
        return come_back_later()
    response["Accept-Ranges"] = "bytes"
    return with_headers(response, etag)


def with_headers(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """Add what every answer with content-hashed bytes says."""
    response["Cache-Control"] = FOR_EVER
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def come_back_later() -> HttpResponse:
    """Return the answer for one long download too many."""
    text = "Several long downloads are under way. Please try again in a moment."
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8", headers=headers)


def is_known(request: HttpRequest, etag: str) -> bool:
    """Tell whether the browser says that it has these bytes."""
    known = [tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))]
    return etag in known or "*" in known


def _wanted_part(request: HttpRequest, size: int, etag: str) -> Part | None:
    """Return the wanted part; a browser that has the beginning of other bytes gets the whole file."""
    if request.headers.get("If-Range", etag) != etag:
        return None
    return read_range(request.headers.get("Range", ""), size)


def _stream(request: HttpRequest, file: "File[bytes]", part: Part | None, content_type: str) -> HttpResponseBase:
    length = len(part) if part else file.size
    headers = {"Content-Length": str(length), "Content-Type": content_type}
    if part:
        headers["Content-Range"] = str(part)
    status = 206 if part else 200
    if request.method == "HEAD":
        file.close()
        return HttpResponse(status=status, headers=headers)
    source: Any = PartOfFile(file, part) if part else file
    if length > LONG:
        source = LongRead(source, Turn())
    response = Download(source, status=status)
    for name, value in headers.items():
        response[name] = value
    return response
