"""The queue: its items and what can be done with them."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from demo.standin.batches import Batch
from demo.standin.clock import stamp
from demo.standin.errors import Json

FINISHED = ("completed", "failed", "canceled")
STATUSES = ("pending", "in_progress", "waiting", *FINISHED)


@dataclass
class QueueItem:
    """One run of a graph with one set of field values."""

    item_id: int
    queue_id: str
    batch_id: str
    origin: str | None
    destination: str | None
    priority: int
    field_values: list[Json]
    graph: Json
    workflow: Json | None
    readable: bool = True  # False: a batch value does not suit its field, and the queue chokes on it
    status: str = "pending"
    status_sequence: int = 0
    session_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    retried_from_item_id: int | None = None
    device: str | None = None
    error_type: str | None = None
    error_message: str | None = None
    error_traceback: str | None = None
    created_at: str = field(default_factory=stamp)
    updated_at: str = field(default_factory=stamp)
    started_at: str | None = None
    completed_at: str | None = None
    prepared: dict[str, str] = field(default_factory=dict)  # node id of the graph -> id of its execution
    inputs: dict[str, Json] = field(default_factory=dict)  # node id -> the node with its inputs put in
    executed: list[str] = field(default_factory=list)
    results: dict[str, Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_finished(self) -> bool:
        """Tell whether nothing more will happen to the item."""
        return self.status in FINISHED

    def move(self, status: str) -> None:
        """Give the item another status and note when."""
        self.status, self.updated_at = status, stamp()
        self.status_sequence += 1
        if status == "in_progress":
            self.started_at, self.device = self.updated_at, "cpu"
        if self.is_finished:
            self.completed_at = self.updated_at


class Queue:
    """All items in the order of their ids."""

    def __init__(self) -> None:
        self.items: dict[int, QueueItem] = {}
        self.last_id = 0
        self.executed: list[int] = []  # ids in the order in which their execution began
        self.is_started = True
        self.changed: Callable[[QueueItem], None] = lambda item: None
        self.removed: Callable[[QueueItem], None] = lambda item: None

    def add(self, batch: Batch, queue_id: str, *, prepend: bool, room: int) -> tuple[int, int, list[QueueItem]]:
        """Add the items of a batch as far as there is room.

        Returns:
            How many were asked for, their priority, and the added items.
        """
        wanted = list(batch.field_values())
        pending = self.with_status("pending")
        priority = max((item.priority for item in pending), default=0) + 1 if prepend else 0
        free = max(0, room - len(pending))
        return len(wanted), priority, [self._add(batch, queue_id, priority, values) for values in wanted[:free]]

    def _add(self, batch: Batch, queue_id: str, priority: int, values: list[Json]) -> QueueItem:
        graph, readable = batch.graph_with(values)
        return self.put(
            queue_id=queue_id,
            batch_id=batch.batch_id,
            origin=batch.origin,
            destination=batch.destination,
            priority=priority,
            field_values=values,
            graph=graph,
            workflow=batch.workflow,
            readable=readable,
        )

    def put(self, **values: Any) -> QueueItem:
        """Add one item under the next id."""
        self.last_id += 1
        item = QueueItem(item_id=self.last_id, **values)
        self.items[item.item_id] = item
        self.changed(item)
        return item

    def copy(self, old: QueueItem) -> QueueItem:
        """Add an item that tries again what ``old`` did not achieve."""
        kept = ("queue_id", "batch_id", "origin", "destination", "field_values", "graph", "workflow", "readable")
        values = {name: getattr(old, name) for name in kept}
        first = old.retried_from_item_id or old.item_id
        return self.put(**values, priority=old.priority, retried_from_item_id=first)

    def with_status(self, *statuses: str) -> list[QueueItem]:
        """Return the items that have one of these statuses."""
        return [item for item in self.items.values() if item.status in statuses]

    def matching(self, **wanted: object) -> list[QueueItem]:
        """Return the items with these values."""
        return [item for item in self.items.values() if all(getattr(item, k) == v for k, v in wanted.items())]

    def next(self) -> QueueItem | None:
        """Return the pending item whose turn it is."""
        return min(self.with_status("pending"), key=lambda item: (-item.priority, item.item_id), default=None)

    def current(self) -> QueueItem | None:
        """Return the item that is being executed."""
        return next(iter(self.with_status("in_progress")), None)

    def move(self, item: QueueItem, status: str) -> bool:
        """Give an unfinished item another status; False when it is finished already."""
        if item.is_finished:
            return False
        item.move(status)
        self.changed(item)
        return True

    def remove(self, items: Iterable[QueueItem]) -> int:
        """Forget these items and return how many there were."""
        gone = list(items)
        for item in gone:
            del self.items[item.item_id]
            self.removed(item)
        return len(gone)


def counts(items: Iterable[QueueItem]) -> dict[str, int]:
    """Count items by status, and in total."""
    found = Counter(item.status for item in items)
    return {**{status: found[status] for status in STATUSES}, "total": found.total()}
