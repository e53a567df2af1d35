"""Pictures as JSON, and the ways to choose among them."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from aiohttp import web

from demo.standin import versions
from demo.standin.answers import query_choice, query_flag
from demo.standin.errors import Json
from demo.standin.images import ImageRecord
from demo.standin.versions import Version

if TYPE_CHECKING:
    from demo.standin.backend import Backend


def shown(record: ImageRecord, version: Version) -> Json:
    """Return what the server tells about a picture."""
    at = f"api/v1/images/i/{record.image_name}"
    told: Json = {"image_name": record.image_name, "image_url": f"{at}/full", "thumbnail_url": f"{at}/thumbnail"}
    for name in ("image_origin", "image_category", "width", "height", "created_at", "updated_at"):
        told[name] = getattr(record, name)
    told["deleted_at"] = None
    for name in ("is_intermediate", "session_id", "node_id", "starred", "has_workflow"):
        told[name] = getattr(record, name)
    if version >= versions.SUBFOLDER:
        told["image_subfolder"] = ""
    return {**told, "board_id": record.board_id}


def chosen(backend: "Backend", request: web.Request) -> list[ImageRecord]:
    """Return the pictures that a query asks for, in its order."""
    found = [record for record in backend.images.records.values() if _suits(record, request)]
    newest_first = query_choice(request, "order_dir", ("ASC", "DESC"), "DESC") == "DESC"
    found.sort(key=lambda record: record.created_at, reverse=newest_first)
    if query_flag(request, "starred_first", default=True):
        found.sort(key=lambda record: not record.starred)
    return found


def _suits(record: ImageRecord, request: web.Request) -> bool:
    query = request.query
    wanted = [
        "image_origin" not in query or record.image_origin == query["image_origin"],
        "categories" not in query or record.image_category in query.getall("categories"),
        "is_intermediate" not in query
        or record.is_intermediate == query_flag(request, "is_intermediate", default=False),
        "board_id" not in query or record.board_id == (None if query["board_id"] == "none" else query["board_id"]),
        "search_term" not in query or mentions(record, query["search_term"]),
    ]
    return all(wanted)


def mentions(record: ImageRecord, term: str) -> bool:
    """Search as SQL's LIKE does, in the metadata's text and in the date: ``%`` and ``_`` are wildcards."""
    signs = {"%": ".*", "_": "."}
    pattern = "".join(signs.get(letter, re.escape(letter)) for letter in term.strip())
    texts = (record.metadata or "", record.created_at)
    return any(re.search(pattern, text, re.IGNORECASE | re.DOTALL | re.ASCII) for text in texts)


def boards_of(records: Iterable[ImageRecord]) -> list[str]:
    """Return the boards of these pictures, ``none`` for those without."""
    return sorted({record.board_id or "none" for record in records})
