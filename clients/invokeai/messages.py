"""InvokeAI's socket messages as frozen events; what is unknown, malformed or somebody else's becomes nothing."""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clients.errors import RemoteError
from clients.invokeai import reading
from clients.invokeai.records import image_names

LARGEST_PREVIEW = 2 * 1024 * 1024
JPEG_BEGIN = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a node is.

    Attributes:
        percentage: 0.0 to 1.0 while denoising; None while loading, encoding, decoding or saving.
        message: InvokeAI's word for what it does, such as "Denoising".
        preview: a small JPEG, an eighth of the picture's size.
        width: of the finished picture, in pixels, when there is a preview.
        height: likewise.
    """

    batch_id: str
    item_id: int
    percentage: float | None
    message: str
    preview: bytes | None = field(repr=False)
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class ItemChanged:
    """An item has another status. Pending items that are cancelled with their batch get no such event."""

    batch_id: str
    item_id: int
    status: str
    error_type: str | None
    error_message: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class PictureMade:
    """A node saved a picture, perhaps an intermediate one: compare ``source_node`` with the output node's id.

    Attributes:
        width: in pixels; None when a node saved several at once.
        height: likewise.
    """

    batch_id: str
    item_id: int
    session_id: str
    source_node: str
    image_name: str
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class ItemsCanceled:
    """Pending items were cancelled together, of any batch; sent from 6.14, before which only asking tells."""

    item_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ModelLoading:
    """A model, or a part of it, is being loaded for anybody's item. It can take minutes, without any progress."""

    name: str
    done: bool


Event = Progress | ItemChanged | PictureMade | ItemsCanceled | ModelLoading


def events_of(name: str, message: Any) -> tuple[Event, ...]:
    """Turn one message into events, often none.

    In multi-user mode other people's messages come as copies with their ids "redacted"; those are ignored.
    """
    read = READERS.get(name)
    if read is None or not isinstance(message, dict) or "redacted" in (message.get("user_id"), message.get("batch_id")):
        return ()
    try:
        return read(message)
    except (RemoteError, TypeError, ValueError, AttributeError):
        return ()


def _progress(message: Mapping[str, Any]) -> tuple[Event, ...]:
    image = message.get("image")
    image = image if isinstance(image, dict) else {}
    event = Progress(
        batch_id=reading.text(message, "batch_id"),
        item_id=reading.whole(message, "item_id"),
        percentage=reading.optional_number(message, "percentage"),
        message=reading.optional_text(message, "message") or "",
        preview=_preview(image.get("dataURL")),
        width=reading.optional_whole(image, "width"),
        height=reading.optional_whole(image, "height"),
    )
    return (event,)


def _preview(url: Any) -> bytes | None:
    if not isinstance(url, str) or not url.startswith("data:image/jpeg;base64,") or len(url) > LARGEST_PREVIEW:
        return None
    try:
        picture = base64.b64decode(url.partition(",")[2], validate=True)
    except binascii.Error:
        return None
    return picture if picture.startswith(JPEG_BEGIN) else None


def _item_changed(message: Mapping[str, Any]) -> tuple[Event, ...]:
    event = ItemChanged(
        batch_id=reading.text(message, "batch_id"),
        item_id=reading.whole(message, "item_id"),
        status=reading.text(message, "status"),
        error_type=reading.optional_text(message, "error_type"),
        error_message=reading.optional_text(message, "error_message"),
    )
    return (event,)


def _pictures_made(message: Mapping[str, Any]) -> tuple[Event, ...]:
    result = message.get("result")
    names = image_names(result)
    size = result if isinstance(result, dict) and len(names) == 1 else {}
    return tuple(
        PictureMade(
            batch_id=reading.text(message, "batch_id"),
            item_id=reading.whole(message, "item_id"),
            session_id=reading.text(message, "session_id"),
            source_node=reading.text(message, "invocation_source_id"),
            image_name=name,
            width=reading.optional_whole(size, "width"),
            height=reading.optional_whole(size, "height"),
        )
        for name in names
    )


def _items_canceled(message: Mapping[str, Any]) -> tuple[Event, ...]:
    ids = reading.sequence(message.get("canceled_item_ids"), "canceled_item_ids")
    return (ItemsCanceled(tuple(number for number in ids if isinstance(number, int))),)


def _model_loading(message: Mapping[str, Any], *, done: bool) -> tuple[Event, ...]:
    return (ModelLoading(reading.text(reading.mapping(message.get("config"), "config"), "name"), done=done),)


READERS: dict[str, Callable[[Mapping[str, Any]], tuple[Event, ...]]] = {
    "invocation_progress": _progress,
    "queue_item_status_changed": _item_changed,
    "invocation_complete": _pictures_made,
    "queue_items_canceled": _items_canceled,
    "model_load_started": lambda message: _model_loading(message, done=False),
    "model_load_complete": lambda message: _model_loading(message, done=True),
}
