"""Uploading a picture: whatever it is, it is kept as PNG."""

import io
import json
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.web_request import FileField
from PIL import Image, UnidentifiedImageError

from demo.standin.answers import Route, answer, query_flag, required_query
from demo.standin.errors import Invalid, Refused, missing
from demo.standin.image_records import shown
from demo.standin.images import ImageRecord, kept_chunks

if TYPE_CHECKING:
    from demo.standin.backend import Backend

LARGEST = 4096 * 4096


class UploadRoute:
    """The address that takes pictures in."""

    def __init__(self, backend: "Backend") -> None:
        self.backend = backend

    def routes(self) -> list[Route]:
        """Return the address."""
        return [Route("POST", "/api/v1/images/upload", self.upload)]

    async def upload(self, request: web.Request) -> web.Response:
        """Keep the picture that was sent and show its record."""
        category, _ = required_query(request, "image_category", "is_intermediate")
        form = await request.post() if request.content_type.startswith("multipart/") else {}
        file = form.get("file")
        if not isinstance(file, FileField):
            raise Invalid([missing(["body", "file"])])
        picture = _resized(_opened(file), form.get("resize_to"))
        metadata = form.get("metadata")
        record = ImageRecord(
            width=picture.width,
            height=picture.height,
            image_origin="external",
            image_category=category,
            is_intermediate=query_flag(request, "is_intermediate", default=False),
            session_id=request.query.get("session_id"),
            board_id=self._board(request),
            metadata=metadata if isinstance(metadata, str) else picture.info.get("invokeai_metadata"),
        )
        self.backend.images.save(picture, record, kept_chunks(picture))
        told = shown(record, self.backend.speaks)
        return answer(told, 201, Location=told["image_url"])

    def _board(self, request: web.Request) -> str | None:
        board = request.query.get("board_id")
        if board is not None and board not in self.backend.boards.all:
            raise Refused(404, "Board not found")
        return board


def _opened(file: FileField) -> Image.Image:
    if not file.content_type.startswith("image/"):
        raise Refused(415, "Not an image")
    try:
        picture = Image.open(io.BytesIO(file.file.read()))
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise Refused(415, "Failed to read image") from error
    return picture


def _resized(picture: Image.Image, wanted: object) -> Image.Image:
    if not isinstance(wanted, str):
        return picture
    try:
        size = json.loads(wanted)
        width, height = int(size["width"]), int(size["height"])
    except (ValueError, TypeError, KeyError) as error:
        raise Refused(400, "Invalid resize_to format or size") from error
    if width * height > LARGEST:
        raise Refused(400, "Invalid resize_to format or size")
    return picture.resize((width, height), Image.Resampling.LANCZOS)
