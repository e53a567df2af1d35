"""InvokeAI's queue: sending batches, following them, stopping them.

Nothing here clears or prunes, since the queue may have other users.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from clients.http import Http
from clients.invokeai import reading
from clients.invokeai.records import Batch, BatchStatus, Enqueued, QueueItem, QueueStatus
from clients.invokeai.version import Version

QUEUE = "/api/v1/queue/default"
FIRST_WITH_404 = Version(6, 0)
FIRST_WITH_ITEMS_BY_IDS = Version(6, 7)
FIRST_WITH_SUMMARIES = Version(6, 14)
ITEMS_PER_CALL = 50
SUMMARIES_PER_CALL = 1000


class Queue:
    """The queue "default", the one that InvokeAI's own interface shows."""

    def __init__(self, http: Http, version: Callable[[], Version]) -> None:
        """Share the client's connection; ``version`` decides between endpoints that come and go."""
        self._http = http
        self._version = version

    def enqueue(self, batch: Batch) -> Enqueued:
        """Send a batch. Look at ``is_truncated``: a full queue takes only part of it.

        Posting the same batch id twice makes its items twice. After RemoteUnreachable ask ``batch_status``: a total
        above zero means that it was accepted. An unknown model or image is accepted here, and the item fails later.
        """
        body = {"prepend": False, "batch": batch.as_json()}
        return Enqueued.from_json(self._http.post(f"{QUEUE}/enqueue_batch", body))

    def batch_status(self, batch_id: str) -> BatchStatus:
        """Count a batch's items. An unknown batch is no error but has a total of 0."""
        return BatchStatus.from_json(self._http.get(f"{QUEUE}/b/{quote(batch_id, safe='')}/status"))

    def status(self) -> QueueStatus:
        """Count the whole queue and see whether it runs."""
        return QueueStatus.from_json(self._http.get(f"{QUEUE}/status"))

    def item(self, item_id: int) -> QueueItem | None:
        """Return one item with its results, or None when it is gone.

        An item that InvokeAI cannot read, since a value does not fit its field, is answered with 500 and hence raises
        RemoteUnreachable; its batch can still be counted and cancelled. Before 6.0 a missing item is answered in
        the same way: there None says only that the item cannot be had.
        """
        gone = {404} if self._version() >= FIRST_WITH_404 else {404, 500}
        return self._item(item_id, absent=gone)

    def items_of_batch(self, batch_id: str, known_ids: Collection[int] = ()) -> tuple[QueueItem, ...]:
        """Return the batch's items that can be read, by ascending id, which is the order of the batch's values.

        An item that is gone, or that InvokeAI cannot read since a value does not fit its field, is left out.

        Args:
            batch_id: items of other batches are never returned.
            known_ids: as ``enqueue`` returned them. Without them the whole queue is searched, newest first.
        """
        ids = sorted(known_ids) or self._ids_of(batch_id)
        items = self._items_by_ids(ids) if self._version() >= FIRST_WITH_ITEMS_BY_IDS else self._items_one_by_one(ids)
        return tuple(sorted((item for item in items if item.batch_id == batch_id), key=lambda item: item.item_id))

    def cancel_batches(self, batch_ids: Sequence[str]) -> int:
        """Cancel whatever of these batches is unfinished and return how many items that was.

        This needs no reading of items and so also frees a queue that a bad value blocks. A node that runs on may still
        save an image.
        """
        answer = self._http.put(f"{QUEUE}/cancel_by_batch_ids", {"batch_ids": list(batch_ids)})
        return reading.whole(reading.mapping(answer, "canceled"), "canceled")

    def cancel_item(self, item_id: int) -> QueueItem | None:
        """Cancel one item and return it; a finished one stays as it is, and None means that it is gone."""
        gone = {404} if self._version() >= FIRST_WITH_404 else {404, 500}
        answer = self._http.put(f"{QUEUE}/i/{item_id}/cancel", absent=gone)
        return None if answer is None else QueueItem.from_json(answer)

    def resume(self) -> None:
        """Let a paused queue run again; in multi-user mode only an administrator may."""
        self._http.put(f"{QUEUE}/processor/resume")

    def _item(self, item_id: int, *, absent: Collection[int]) -> QueueItem | None:
        answer = self._http.get(f"{QUEUE}/i/{item_id}", absent=absent)
        return None if answer is None else QueueItem.from_json(answer)

    def _items_by_ids(self, ids: Sequence[int]) -> Iterator[QueueItem]:
        """Ask in portions: an item is some 20 kB long, since it holds its graph twice."""
        for portion in _portions(ids):
            answer = self._http.post(f"{QUEUE}/items_by_ids", {"item_ids": portion})
            yield from (QueueItem.from_json(item) for item in reading.sequence(answer, "items"))

    def _items_one_by_one(self, ids: Sequence[int]) -> Iterator[QueueItem]:
        for item_id in ids:
            if item := self._item(item_id, absent={404, 500}):
                yield item

    def _ids_of(self, batch_id: str) -> list[int]:
        """Search the queue, newest first, until as many are found as the batch counts."""
        total = self.batch_status(batch_id).total
        found: list[int] = []
        rows = self._newest_rows() if self._version() >= FIRST_WITH_ITEMS_BY_IDS else self._listed_rows()
        while len(found) < total and (row := next(rows, None)):
            if row.get("batch_id") == batch_id:
                found.append(reading.whole(row, "item_id"))
        return sorted(set(found))

    def _newest_rows(self) -> Iterator[dict[str, Any]]:
        """Walk all items; from 6.14 as summaries, which are small and include those that cannot be read."""
        answer = reading.mapping(self._http.get(f"{QUEUE}/item_ids", {"order_dir": "DESC"}), "item_ids")
        ids = reading.sequence(answer.get("item_ids"), "item_ids")
        brief = self._version() >= FIRST_WITH_SUMMARIES
        name, size = ("item_summaries_by_ids", SUMMARIES_PER_CALL) if brief else ("items_by_ids", ITEMS_PER_CALL)
        for portion in _portions(ids, size):
            yield from reading.sequence(self._http.post(f"{QUEUE}/{name}", {"item_ids": portion}), name)

    def _listed_rows(self) -> Iterator[dict[str, Any]]:
        """Turn the pages of ``list``, which exists up to 6.6; the next begins after the last row's id and priority."""
        params: dict[str, Any] = {"limit": ITEMS_PER_CALL}
        while True:
            page = reading.mapping(self._http.get(f"{QUEUE}/list", params), "list")
            rows = reading.sequence(page.get("items"), "items")
            yield from rows
            if not rows or page.get("has_more") is not True:
                return
            params |= {"cursor": rows[-1].get("item_id"), "priority": rows[-1].get("priority")}


def _portions(ids: Sequence[int], size: int = ITEMS_PER_CALL) -> Iterator[list[int]]:
    for start in range(0, len(ids), size):
        yield list(ids[start : start + size])
