"""The addresses under ``/api/v1/queue`` that change the queue."""

from collections.abc import Iterable

from aiohttp import web

from demo.standin.answers import Route, answer, body, body_field, required_query
from demo.standin.errors import Invalid, issue
from demo.standin.item_records import whole
from demo.standin.queue import FINISHED, QueueItem
from demo.standin.queue_routes import QueueRoutes
from demo.standin.versions import Version


class QueueOrders:
    """Cancelling, retrying, clearing, pausing."""

    def __init__(self, asking: QueueRoutes) -> None:
        self.asking = asking
        self.backend = asking.backend
        self.queue = asking.queue

    def routes(self) -> list[Route]:
        """Return the addresses."""
        at = "/api/v1/queue/{queue_id}"
        six = Version(6, 0)
        return [
            Route("PUT", f"{at}/i/{{item_id}}/cancel", self.cancel_item),
            Route("DELETE", f"{at}/i/{{item_id}}", self.delete_item, since=six),
            Route("PUT", f"{at}/cancel_by_batch_ids", self.cancel_batches),
            Route("PUT", f"{at}/cancel_by_destination", self.cancel_destination, since=Version(5, 0)),
            Route("PUT", f"{at}/cancel_all_except_current", self.cancel_pending, since=Version(5, 7)),
            Route("DELETE", f"{at}/d/{{destination}}", self.delete_destination, since=six),
            Route("PUT", f"{at}/retry_items_by_id", self.retry, since=Version(5, 7)),
            Route("PUT", f"{at}/clear", self.clear),
            Route("PUT", f"{at}/prune", self.prune),
            Route("PUT", f"{at}/processor/pause", self.pause),
            Route("PUT", f"{at}/processor/resume", self.resume),
        ]

    def _cancel(self, queue_id: str, items: Iterable[QueueItem]) -> int:
        chosen = [item for item in items if item.queue_id == queue_id and not item.is_finished]
        waiting = [item for item in chosen if item.status == "pending"]
        for item in chosen:
            self.queue.move(item, "canceled")
            if item not in waiting:
                self.backend.announcer.status_changed(item)
        self.backend.announcer.items_canceled(queue_id, waiting)
        self.backend.nudge.set()
        return len(chosen)

    async def cancel_item(self, request: web.Request) -> web.Response:
        """Cancel one item; a finished one stays as it is."""
        item = self.asking.find(request, "canceling queue item")
        if self.queue.move(item, "canceled"):
            self.backend.announcer.status_changed(item)
        return answer(whole(item, self.backend.speaks))

    async def delete_item(self, request: web.Request) -> web.Response:
        """Cancel one item and forget it."""
        item = self.asking.find(request, "deleting queue item")
        self._cancel(item.queue_id, [item])
        self.queue.remove([item])
        return answer(None)

    async def cancel_batches(self, request: web.Request) -> web.Response:
        """Cancel what is unfinished of these batches; works on unreadable items, too."""
        wanted = await body_field(request, "batch_ids")
        chosen = [item for item in self.queue.items.values() if item.batch_id in wanted]
        return answer({"canceled": self._cancel(request.match_info["queue_id"], chosen)})

    async def cancel_destination(self, request: web.Request) -> web.Response:
        """Cancel what is unfinished of a destination."""
        (destination,) = required_query(request, "destination")
        chosen = self.queue.matching(destination=destination)
        return answer({"canceled": self._cancel(request.match_info["queue_id"], chosen)})

    async def cancel_pending(self, request: web.Request) -> web.Response:
        """Cancel everything that has not begun."""
        pending = self.queue.with_status("pending")
        return answer({"canceled": self._cancel(request.match_info["queue_id"], pending)})

    async def delete_destination(self, request: web.Request) -> web.Response:
        """Cancel and forget the items of a destination."""
        chosen = self.queue.matching(destination=request.match_info["destination"])
        self._cancel(request.match_info["queue_id"], chosen)
        return answer({"deleted": self.queue.remove(chosen)})

    async def retry(self, request: web.Request) -> web.Response:
        """Add a new item to the same batch for each failed or canceled one; answers with the old ids."""
        sent = await body(request)
        if not isinstance(sent, list):
            raise Invalid([issue("list_type", ["body"], "Input should be a valid list", sent)])
        old = [self.queue.items[number] for number in sent if number in self.queue.items]
        chosen = [item for item in old if item.status in ("failed", "canceled")]
        for item in chosen:
            self.queue.copy(item)
        ids = [item.item_id for item in chosen]
        queue_id = request.match_info["queue_id"]
        if ids:
            self.backend.announcer.items_retried(queue_id, ids)
            self.backend.nudge.set()
        return answer({"queue_id": queue_id, "retried_item_ids": ids})

    async def clear(self, request: web.Request) -> web.Response:
        """Cancel and forget everything."""
        queue_id = request.match_info["queue_id"]
        chosen = self.queue.matching(queue_id=queue_id)
        self._cancel(queue_id, chosen)
        self.backend.announcer.tell("queue_cleared", queue_id)
        return answer({"deleted": self.queue.remove(chosen)})

    async def prune(self, request: web.Request) -> web.Response:
        """Forget everything that is finished."""
        here = self.queue.matching(queue_id=request.match_info["queue_id"])
        return answer({"deleted": self.queue.remove(item for item in here if item.status in FINISHED)})

    async def pause(self, _request: web.Request) -> web.Response:
        """Begin no further item."""
        return self._switch(started=False)

    async def resume(self, _request: web.Request) -> web.Response:
        """Begin items again."""
        return self._switch(started=True)

    def _switch(self, *, started: bool) -> web.Response:
        self.queue.is_started = started
        self.backend.nudge.set()
        return answer(self.asking.processor.status)
