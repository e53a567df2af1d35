"""The events that are told over the socket."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from demo.standin import versions
from demo.standin.errors import Json
from demo.standin.item_records import batch_status, queue_status
from demo.standin.queue import QueueItem

if TYPE_CHECKING:
    from demo.standin.backend import Backend

Send = Callable[[str, Json], Awaitable[Any]]
TIMES = ("created_at", "updated_at", "started_at", "completed_at")
ERRORS = ("error_type", "error_message", "error_traceback")


class Announcer:
    """Tells everybody who listens what happens, in order, without ever waiting for them."""

    def __init__(self, backend: "Backend") -> None:
        self.backend = backend
        self.send: Send | None = None  # set while the server is on the network
        self.listeners = 0
        self.told: list[tuple[str, Json]] = []  # every event but progress, for tests
        self._waiting: list[tuple[str, Json]] = []
        self._sender: asyncio.Task[None] | None = None

    def tell(self, event: str, queue_id: str | None = None, **content: Any) -> None:
        """Announce an event."""
        payload: Json = {"timestamp": int(time.time())}
        if queue_id is not None:
            payload["queue_id"] = queue_id
        payload |= content
        if event != "invocation_progress":
            self.told.append((event, payload))
        for _ in range(self._copies(event)):
            self._waiting.append((event, payload))
        if self._waiting and (self._sender is None or self._sender.done()):
            self._sender = asyncio.get_running_loop().create_task(self._send_all())

    def _copies(self, event: str) -> int:
        if self.send is None or self.backend.faults.silent_socket or not self.listeners:
            return 0
        doubled = versions.TWICE_FROM <= self.backend.speaks < versions.TWICE_UNTIL and event != "batch_enqueued"
        return 2 if doubled or self.backend.faults.duplicate_events else 1

    async def _send_all(self) -> None:
        while self._waiting:
            event, payload = self._waiting.pop(0)
            if self.send is not None:
                await self.send(event, payload)

    def batch_enqueued(self, queue_id: str, batch_id: str, origin: str | None, enqueued: int, requested: int) -> None:
        """Announce a batch."""
        told = {"batch_id": batch_id, "enqueued": enqueued, "requested": requested, "priority": 0, "origin": origin}
        self.tell("batch_enqueued", queue_id, **told, **self._user())

    def status_changed(self, item: QueueItem) -> None:
        """Announce the item's new status."""
        about = self._about(item)
        about |= {"status": item.status}
        if self.backend.speaks >= versions.ITEM_KEYS["status_sequence"]:
            about |= {"status_sequence": item.status_sequence}
        about |= {name: getattr(item, name) for name in (*ERRORS, *TIMES)}
        about |= {
            "batch_status": batch_status(self.backend, item.queue_id, item.batch_id),
            "queue_status": {"queue_id": item.queue_id, **queue_status(self.backend, item.queue_id)},
            "session_id": item.session_id,
        }
        self.tell("queue_item_status_changed", item.queue_id, **about)

    def items_canceled(self, queue_id: str, items: Sequence[QueueItem]) -> None:
        """Announce that pending items were canceled together."""
        if not items or self.backend.speaks < versions.CANCEL_EVENT:
            return
        ids = [item.item_id for item in items]
        told = {"canceled_item_ids": ids, "user_ids": ["system"], "canceled_item_ids_by_user": {"system": ids}}
        self.tell("queue_items_canceled", queue_id, **told)

    def items_retried(self, queue_id: str, ids: list[int]) -> None:
        """Announce that items are tried again."""
        told = {"retried_item_ids": ids, "user_ids": ["system"], "retried_item_ids_by_user": {"system": ids}}
        self.tell("queue_items_retried", queue_id, **told)

    def invocation(self, event: str, item: QueueItem, node: Json, **more: Any) -> None:
        """Announce something about one node of an item."""
        prepared = {**node, "id": item.prepared[node["id"]]}
        about = self._about(item) | {"session_id": item.session_id, "invocation": prepared}
        self.tell(event, item.queue_id, **about, invocation_source_id=node["id"], **more)

    def model_load(self, event: str, config: Json, submodel: str | None) -> None:
        """Announce the loading of a model."""
        self.tell(event, config=config, submodel_type=submodel, **self._user())

    def _about(self, item: QueueItem) -> Json:
        named = ("item_id", "batch_id", "origin", "destination")
        return {name: getattr(item, name) for name in named} | self._user()

    def _user(self) -> Json:
        return {"user_id": "system"} if self.backend.speaks >= versions.ITEM_KEYS["user_id"] else {}
