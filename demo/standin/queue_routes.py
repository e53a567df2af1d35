"""The addresses under ``/api/v1/queue``."""

from typing import TYPE_CHECKING

from aiohttp import web

from demo.standin import versions
from demo.standin.answers import (
    Route,
    answer,
    body,
    body_field,
    path_number,
    query_choice,
    query_number,
    required_query,
)
from demo.standin.batches import Batch
from demo.standin.errors import Invalid, Json, Refused, issue, missing
from demo.standin.item_records import batch_status, listed, queue_status, summary, tally, whole, without_nulls
from demo.standin.queue import QueueItem
from demo.standin.versions import Version

if TYPE_CHECKING:
    from demo.standin.backend import Backend
    from demo.standin.processor import Processor

UNREADABLE = "1 validation error for GraphExecutionState"


class QueueRoutes:
    """Asking about the queue."""

    def __init__(self, backend: "Backend", processor: "Processor") -> None:
        self.backend = backend
        self.queue = backend.queue
        self.processor = processor

    def routes(self) -> list[Route]:
        """Return the addresses."""
        at = "/api/v1/queue/{queue_id}"
        return [
            Route("POST", f"{at}/enqueue_batch", self.enqueue),
            Route("GET", f"{at}/b/{{batch_id}}/status", self.batch_status),
            Route("GET", f"{at}/i/{{item_id}}", self.item),
            Route("GET", f"{at}/list", self.page, until=Version(6, 7)),
            Route("GET", f"{at}/list_all", self.list_all, since=Version(6, 0)),
            Route("GET", f"{at}/item_ids", self.item_ids, since=Version(6, 7)),
            Route("POST", f"{at}/items_by_ids", self.items_by_ids, since=Version(6, 7)),
            Route("POST", f"{at}/item_summaries_by_ids", self.summaries, since=Version(6, 14)),
            Route("GET", f"{at}/status", self.status),
            Route("GET", f"{at}/current", self.current),
            Route("GET", f"{at}/next", self.next),
            Route("GET", f"{at}/counts_by_destination", self.counts_by_destination, since=Version(5, 0)),
        ]

    async def enqueue(self, request: web.Request) -> web.Response:
        """Add a batch."""
        sent = await body(request)
        if not isinstance(sent, dict):
            raise Invalid([missing(["body", "batch"])])
        batch, queue_id = Batch.read(sent), request.match_info["queue_id"]
        prepend, room = bool(sent.get("prepend")), self.backend.faults.queue_room
        requested, priority, added = self.queue.add(batch, queue_id, prepend=prepend, room=room)
        self.backend.announcer.batch_enqueued(queue_id, batch.batch_id, batch.origin, len(added), requested)
        self.backend.nudge.set()
        counted = {"queue_id": queue_id, "enqueued": len(added), "requested": requested}
        return answer({**counted, "batch": batch.as_json(), "priority": priority, **self._ids(batch, added)})

    def _ids(self, batch: Batch, added: list[QueueItem]) -> Json:
        if self.backend.speaks < versions.ITEM_IDS_ANSWERED:
            return {}
        items = self.queue.matching(batch_id=batch.batch_id) if added else []
        return {"item_ids": sorted((item.item_id for item in items), reverse=True)}

    async def batch_status(self, request: web.Request) -> web.Response:
        """Count a batch."""
        return answer(batch_status(self.backend, request.match_info["queue_id"], request.match_info["batch_id"]))

    async def item(self, request: web.Request) -> web.Response:
        """Show one item."""
        return answer(without_nulls(whole(self.find(request), self.backend.speaks)))

    def find(self, request: web.Request, doing: str = "fetching queue item") -> QueueItem:
        """Return the item that the address names, or refuse as the server does."""
        item = self.queue.items.get(path_number(request, "item_id"))
        queue_id = request.match_info["queue_id"]
        said = f"Queue item with id {request.match_info['item_id']} not found in queue {queue_id}"
        if item is None or self.backend.faults.forget_batches:
            known = self.backend.speaks >= versions.MISSING_ITEM_IS_404
            raise (
                Refused(404, said) if known else Refused(500, f"No queue item with id {request.match_info['item_id']}")
            )
        if item.queue_id != queue_id and self.backend.speaks >= Version(6, 7):
            raise Refused(500, f"Unexpected error while {doing}: 404: {said}")
        if not item.readable:
            raise Refused(500, f"Unexpected error while {doing}: {UNREADABLE}")
        return item

    def _here(self, request: web.Request) -> list[QueueItem]:
        if self.backend.faults.forget_batches:
            return []
        wanted = {"queue_id": request.match_info["queue_id"]}
        if "destination" in request.query:
            wanted["destination"] = request.query["destination"]
        return self.queue.matching(**wanted)

    async def page(self, request: web.Request) -> web.Response:
        """Show a page of items, as servers up to 6.6 do."""
        items = sorted(self._here(request), key=lambda item: (-item.priority, item.item_id))
        if "status" in request.query:
            items = [item for item in items if item.status == request.query["status"]]
        if cursor := query_number(request, "cursor", 0):
            after = (-query_number(request, "priority", 0), cursor)
            items = [item for item in items if (-item.priority, item.item_id) > after]
        limit = query_number(request, "limit", 50)
        shown = [listed(item, self.backend.speaks) for item in items[:limit]]
        return answer({"limit": limit, "has_more": len(items) > limit, "items": shown})

    async def list_all(self, request: web.Request) -> web.Response:
        """Show all items; one that cannot be read spoils the list."""
        items = self._here(request)
        if not all(item.readable for item in items):
            raise Refused(500, f"Unexpected error while listing all queue items: {UNREADABLE}")
        return answer([whole(item, self.backend.speaks) for item in items])

    async def item_ids(self, request: web.Request) -> web.Response:
        """Show the ids of all items."""
        newest_first = query_choice(request, "order_dir", ("ASC", "DESC"), "DESC") == "DESC"
        ids = sorted((item.item_id for item in self._here(request)), reverse=newest_first)
        return answer({"item_ids": ids, "total_count": len(ids)})

    async def items_by_ids(self, request: web.Request) -> web.Response:
        """Show several items; those that are gone or cannot be read are left out."""
        found = await self._asked_for(request)
        return answer([whole(item, self.backend.speaks) for item in found if item.readable])

    async def summaries(self, request: web.Request) -> web.Response:
        """Show several items without their sessions."""
        return answer([summary(item, self.backend.speaks) for item in await self._asked_for(request)])

    async def _asked_for(self, request: web.Request) -> list[QueueItem]:
        ids = await body_field(request, "item_ids")
        if len(ids) > 1000:
            said = f"List should have at most 1000 items after validation, not {len(ids)}"
            raise Invalid([issue("too_long", ["body", "item_ids"], said, ids)])
        here = {item.item_id: item for item in self._here(request)}
        return [here[number] for number in ids if isinstance(number, int) and number in here]

    async def status(self, request: web.Request) -> web.Response:
        """Count the queue and tell what the worker does."""
        queue = queue_status(self.backend, request.match_info["queue_id"])
        return answer({"queue": queue, "processor": self.processor.status})

    async def current(self, _request: web.Request) -> web.Response:
        """Show the item that is being executed."""
        return self._perhaps(self.queue.current())

    async def next(self, _request: web.Request) -> web.Response:
        """Show the item whose turn is next."""
        return self._perhaps(self.queue.next())

    def _perhaps(self, item: QueueItem | None) -> web.Response:
        if item is not None and not item.readable:
            raise Refused(500, f"Unexpected error while getting next queue item: {UNREADABLE}")
        return answer(item and without_nulls(whole(item, self.backend.speaks)))

    async def counts_by_destination(self, request: web.Request) -> web.Response:
        """Count the items of a destination."""
        (destination,) = required_query(request, "destination")
        queue_id = request.match_info["queue_id"]
        found = tally(self._here(request), self.backend.speaks)
        return answer({"queue_id": queue_id, "destination": destination, **found})
