"""Where one queue item is worked on: what its nodes share."""

import asyncio
import json
from typing import TYPE_CHECKING

from PIL import Image

from demo.standin.errors import Json
from demo.standin.images import Chunks, ImageRecord
from demo.standin.queue import QueueItem
from demo.standin.sketches import Sketch

if TYPE_CHECKING:
    from demo.standin.backend import Backend


class NodeFailed(Exception):
    """A node cannot do its work; the item fails with this type and message."""

    def __init__(self, error_type: str, message: str) -> None:
        super().__init__(message)
        self.error_type = error_type


class ItemCanceled(Exception):
    """Somebody canceled the item while it was being worked on."""


class Workbench:
    """The tools and intermediate pieces of one item."""

    def __init__(self, backend: "Backend", item: QueueItem, awake: asyncio.Event) -> None:
        self.backend = backend
        self.item = item
        self.awake = awake
        self.prompts: dict[str, str] = {}
        self.sketches: dict[str, Sketch] = {}
        self.masks: dict[str, Image.Image] = {}
        self.fails = backend.faults.happens("fail_items")

    @property
    def is_watched(self) -> bool:
        """Tell whether a preview would be seen by anybody."""
        return self.backend.announcer.listeners > 0

    async def pause(self, seconds: float) -> None:
        """Let time pass; stop here when the item has been canceled."""
        await asyncio.sleep(seconds)
        await self.awake.wait()
        if self.item.is_finished:
            raise ItemCanceled

    def progress(self, node: Json, message: str, percentage: float | None = None, image: Json | None = None) -> None:
        """Announce how far a node is."""
        told = {"message": message, "percentage": percentage, "image": image, "device": None}
        self.backend.announcer.invocation("invocation_progress", self.item, node, **told)

    async def load(self, node: Json, model: Json) -> None:
        """Announce the loading of a part of a model; the first one of a model takes its time."""
        record, part = self.backend.models.find(model["key"]), model.get("submodel_type")
        if record is None:
            raise NodeFailed("UnknownModelException", f"model not found: {model['key']}")
        self.progress(node, f"Loading model {record['name']}" + (f" ({part})" if part else ""))
        self.backend.announcer.model_load("model_load_started", record, part)
        if record["type"] == "main" and self.backend.loaded_model != record["key"]:
            await self.pause(self.backend.pace.model_load_seconds)
            self.backend.loaded_model = record["key"]
        self.backend.announcer.model_load("model_load_complete", record, part)

    def open_image(self, field: Json | None) -> Image.Image:
        """Return the picture that an image field names."""
        picture = self.backend.images.open(field["image_name"]) if field else None
        if picture is None:
            raise NodeFailed("ImageRecordNotFoundException", "Image record not found")
        return picture

    async def save_image(self, node: Json, picture: Image.Image) -> Json:
        """Keep a picture that a node made, and return the node's output."""
        self.progress(node, "Saving image")
        record = self._record(node, picture)
        await asyncio.to_thread(self.backend.images.save, picture, record, self._chunks(node))
        return {"image": {"image_name": record.image_name}, "width": picture.width, "height": picture.height}

    def _record(self, node: Json, picture: Image.Image) -> ImageRecord:
        board = (node.get("board") or {}).get("board_id")
        metadata = node.get("metadata")
        return ImageRecord(
            width=picture.width,
            height=picture.height,
            is_intermediate=node["is_intermediate"],
            session_id=self.item.session_id,
            node_id=self.item.prepared[node["id"]],
            board_id=board if board in self.backend.boards.all else None,
            metadata=compact(metadata) if metadata is not None else None,
        )

    def _chunks(self, node: Json) -> Chunks:
        chunks = {"invokeai_graph": compact(self.item.graph)}
        if node.get("metadata") is not None:
            chunks["invokeai_metadata"] = compact(node["metadata"])
        if self.item.workflow is not None:
            chunks["invokeai_workflow"] = compact(self.item.workflow)
        return chunks


def compact(value: object) -> str:
    """Return JSON without any spaces, as the server stores it."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
