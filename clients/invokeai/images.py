"""The images on an InvokeAI server: records, bytes, uploads."""

import hashlib
import json
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Self
from urllib.parse import quote

import requests

from clients.errors import RemoteRejected, RemoteUnreachable
from clients.http import Http
from clients.invokeai import reading

IMAGES = "/api/v1/images"
PNG_BEGIN = b"\x89PNG\r\n\x1a\n"
PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
PAGE = 100
GENERATED = {"image_origin": "internal", "starred_first": "false", "order_dir": "ASC"}


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """What InvokeAI knows about one of its images.

    Attributes:
        name: "<uuid>.png": always PNG, never used again, and all that is needed to address it.
        is_intermediate: hidden from InvokeAI's gallery and removed by its clean-up.
        session_id: equals the queue item's.
        has_workflow: true for every generated image, since its graph is embedded.
        is_upload: brought there by somebody, not made there.
    """

    name: str
    width: int
    height: int
    created_at: datetime
    starred: bool
    is_intermediate: bool
    session_id: str | None
    board_id: str | None
    has_workflow: bool
    is_upload: bool = False

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read one image record."""
        source = reading.mapping(answer, "image")
        return cls(
            name=reading.text(source, "image_name"),
            width=reading.whole(source, "width"),
            height=reading.whole(source, "height"),
            created_at=reading.moment(source, "created_at"),
            starred=source.get("starred") is True,
            is_intermediate=reading.flag(source, "is_intermediate"),
            session_id=reading.optional_text(source, "session_id"),
            board_id=reading.optional_text(source, "board_id"),
            has_workflow=source.get("has_workflow") is True,
            is_upload=source.get("image_origin") == "external",
        )


@dataclass(frozen=True, slots=True)
class ImagePage:
    """Some of the images on the server, and how many there are in all."""

    images: tuple[ImageRecord, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Download:
    """What was written: the SHA-256 in hexadecimal, and the number of bytes."""

    sha256: str
    size: int


class Images:
    """Images by name; a user of InvokeAI can delete any of them at any time."""

    def __init__(self, http: Http) -> None:
        """Share the client's connection."""
        self._http = http

    def get(self, name: str) -> ImageRecord | None:
        """Return one image's record, or None when it is gone."""
        answer = self._http.get(_path(name), absent={404})
        return None if answer is None else ImageRecord.from_json(answer)

    def metadata(self, name: str) -> dict[str, Any] | None:
        """Return the embedded metadata; None when there is none or the image is gone. An upload keeps what it had."""
        answer = self._http.get(f"{_path(name)}/metadata", absent={404})
        return dict(reading.mapping(answer, "metadata")) if answer is not None else None

    def download(self, name: str, write: BinaryIO, *, max_bytes: int) -> Download:
        """Write the full PNG, with everything embedded in it, in pieces.

        There is no resuming: InvokeAI answers a range with the whole file. After an error, what was written is to be
        thrown away.

        Raises:
            RemoteUnreachable: it came incomplete, or is no PNG.
            RemoteRejected: it is gone (status 404), or larger than ``max_bytes``.
        """
        digest, size, tail = hashlib.sha256(), 0, b""
        with self._http.stream(f"{_path(name)}/full", kind="image/") as (response, pieces):
            for piece in _png(pieces):
                size += len(piece)
                if size > max_bytes:
                    raise RemoteRejected(
                        f"The picture is larger than the limit of {max_bytes:,} bytes. Raise the limit."
                    )
                digest.update(piece)
                write.write(piece)
                tail = (tail + piece)[-len(PNG_END) :]
            if tail != PNG_END or size != _announced(response, size):
                raise RemoteUnreachable("The picture came incomplete from InvokeAI. Try again in a while.")
        return Download(sha256=digest.hexdigest(), size=size)

    def upload(
        self, source: bytes | BinaryIO, filename: str, *, category: str = "user", is_intermediate: bool = True
    ) -> ImageRecord:
        """Send a picture to be used by a graph and return its record.

        InvokeAI stores it as PNG under a new name and drops EXIF and other programs' text chunks: keep the original.

        Args:
            source: the picture's bytes, or a file open at its beginning.
            filename: its extension tells the content type, without which InvokeAI refuses.
            category: user, mask, control, general or other.
            is_intermediate: keep it out of InvokeAI's gallery.
        """
        kind = mimetypes.guess_type(filename)[0] or "image/png"
        answer = self._http.call(
            "POST",
            f"{IMAGES}/upload",
            params={"image_category": category, "is_intermediate": str(is_intermediate).lower()},
            files={"file": (filename, source, kind)},
        )
        return ImageRecord.from_json(answer)

    def page(self, *, offset: int, limit: int) -> ImagePage:
        """Return images that InvokeAI's own gallery shows, oldest first, so that new ones come at the end.

        An image that is deleted meanwhile moves all after it one place forward; the total tells.

        Args:
            offset: how many to leave out.
            limit: at most 1000, the most that InvokeAI 6.14 allows; older versions know no limit.
        """
        params = {"is_intermediate": "false", "starred_first": "false", "order_dir": "ASC"}
        answer = self._http.get(f"{IMAGES}/", {**params, "offset": offset, "limit": limit})
        page = reading.mapping(answer, "images")
        records = tuple(ImageRecord.from_json(item) for item in reading.sequence(page.get("items"), "items"))
        return ImagePage(records, reading.whole(page, "total"))

    def find_by_metadata(self, key: str, value: str) -> tuple[ImageRecord, ...]:
        """Return the generated images whose metadata has this text under this key, oldest first.

        Uploads are left out: one that came from InvokeAI before still carries the metadata of its making.

        InvokeAI compares with its stored JSON, which has no space after the colon, ignores the case of ASCII letters,
        and takes ``%`` and ``_`` for any character: use a key and value that are unmistakable, such as a UUID.
        """
        term = f"{json.dumps(key)}:{json.dumps(value)}"
        records = {record.name: record for record in self._search(term)}
        return tuple(sorted(records.values(), key=lambda record: record.created_at))

    def _search(self, term: str) -> Iterator[ImageRecord]:
        offset, total = 0, 1
        while offset < total:
            params = GENERATED | {"search_term": term, "offset": offset, "limit": PAGE}
            page = reading.mapping(self._http.get(f"{IMAGES}/", params), "images")
            yield from (ImageRecord.from_json(item) for item in reading.sequence(page.get("items"), "items"))
            offset, total = offset + PAGE, reading.whole(page, "total")


def _path(name: str) -> str:
    return f"{IMAGES}/i/{quote(name, safe='')}"


def _announced(response: requests.Response, otherwise: int) -> int:
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdigit() else otherwise


def _png(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Pass the pieces on once they have proved to begin like a PNG."""
    begin = b""
    for piece in pieces:
        begin += piece
        if len(begin) >= len(PNG_BEGIN):
            break
    if not begin.startswith(PNG_BEGIN):
        raise RemoteUnreachable("What InvokeAI sent is not a PNG picture. Try again in a while.")
    yield begin
    yield from pieces
