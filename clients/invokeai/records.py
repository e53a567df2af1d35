"""The queue in frozen records: the batch we send, and what InvokeAI says of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import prod
from typing import Any, Self

from clients.invokeai import reading

FINISHED = frozenset({"completed", "failed", "canceled"})


@dataclass(frozen=True, slots=True)
class Batch:
    """A graph and the values it is run with.

    InvokeAI checks the graph but not the values in ``data``: one that does not fit its field is accepted and then
    blocks the queue for everybody, so they must have been validated before.

    Attributes:
        batch_id: a UUID chosen and stored by us before sending; the only way to find out whether a lost post arrived.
        graph: ``{"id", "nodes", "edges"}``.
        data: groups of ``{"node_path", "field_name", "items"}``. Groups multiply, the last varying fastest; what is
            within one group is zipped.
        origin: free text naming the sender; not one of InvokeAI's own words such as "gallery" or "canvas".
        destination: free text naming the job; the same words are taken.
        runs: how often all of it is repeated, with the same seeds.
    """

    batch_id: str
    graph: Mapping[str, Any] = field(repr=False)
    data: Sequence[Sequence[Mapping[str, Any]]] = field(default=(), repr=False)
    origin: str | None = None
    destination: str | None = None
    runs: int = 1

    @property
    def size(self) -> int:
        """The number of queue items it makes; 0 if some list of values is empty, which InvokeAI accepts."""
        return self.runs * prod(len(group[0]["items"]) for group in self.data if group)

    def as_json(self) -> dict[str, Any]:
        """Return what InvokeAI's enqueue call takes as ``batch``."""
        return {
            "batch_id": self.batch_id,
            "graph": self.graph,
            "data": [list(group) for group in self.data] or None,
            "origin": self.origin,
            "destination": self.destination,
            "runs": self.runs,
        }


@dataclass(frozen=True, slots=True)
class Enqueued:
    """What became of a batch that was sent.

    A full queue (10,000 pending items unless configured) cuts a batch short, even to nothing, and calls it a success.

    Attributes:
        item_ids: ascending, which is the order of the batch's values and of the work. Empty before 6.0, which names
            none. A batch id that was posted twice lists the items of both posts.
    """

    batch_id: str
    enqueued: int
    requested: int
    item_ids: tuple[int, ...]

    @property
    def is_truncated(self) -> bool:
        """Whether part of the batch, or all of it, did not fit into the queue."""
        return self.enqueued < self.requested

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read the answer of ``enqueue_batch``, leaving the echoed graph behind."""
        source = reading.mapping(answer, "enqueued")
        batch = reading.mapping(source.get("batch"), "batch")
        ids = source.get("item_ids") or []
        return cls(
            batch_id=reading.text(batch, "batch_id"),
            enqueued=reading.whole(source, "enqueued"),
            requested=reading.whole(source, "requested"),
            item_ids=tuple(sorted(number for number in ids if isinstance(number, int))),
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many queue items are in each state; ``waiting`` exists from 6.14 and is unfinished too."""

    pending: int
    in_progress: int
    waiting: int
    completed: int
    failed: int
    canceled: int
    total: int

    @property
    def unfinished(self) -> int:
        """The number of items that will still change."""
        return self.pending + self.in_progress + self.waiting


def _counts(source: Mapping[str, Any]) -> dict[str, int]:
    required = ("pending", "in_progress", "completed", "failed", "canceled", "total")
    return {key: reading.whole(source, key) for key in required} | {
        "waiting": reading.optional_whole(source, "waiting") or 0
    }


@dataclass(frozen=True, slots=True)
class BatchStatus(Counts):
    """The counts of one batch.

    ``total`` shrinks when items are deleted or pruned and grows when some are retried: decide by items, not by it.
    """

    batch_id: str
    origin: str | None
    destination: str | None

    @property
    def is_gone(self) -> bool:
        """Whether InvokeAI has no item of it: never accepted, cleared or pruned. It tells nothing of the outcome."""
        return self.total == 0

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read the answer of ``b/{batch_id}/status``."""
        source = reading.mapping(answer, "batch status")
        return cls(
            **_counts(source),
            batch_id=reading.text(source, "batch_id"),
            origin=reading.optional_text(source, "origin"),
            destination=reading.optional_text(source, "destination"),
        )


@dataclass(frozen=True, slots=True)
class QueueStatus(Counts):
    """The counts of the whole queue, and what is being worked on.

    Attributes:
        is_started: False when somebody paused the queue; then nothing pending will run until it is resumed.
        is_processing: whether an item is running now. Pending items, a started queue and no work for more than half a
            minute mean that a value which does not fit its field blocks the queue.
        item_id: the item running now.
        batch_id: its batch.
    """

    is_started: bool
    is_processing: bool
    item_id: int | None
    batch_id: str | None

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read the answer of ``status``."""
        source = reading.mapping(answer, "queue status")
        queue = reading.mapping(source.get("queue"), "queue")
        processor = reading.mapping(source.get("processor"), "processor")
        return cls(
            **_counts(queue),
            is_started=reading.flag(processor, "is_started"),
            is_processing=reading.flag(processor, "is_processing"),
            item_id=reading.optional_whole(queue, "item_id"),
            batch_id=reading.optional_text(queue, "batch_id"),
        )


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value of the batch's data that an item was run with."""

    node: str
    name: str
    value: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One run of a graph.

    Attributes:
        status: pending, in_progress, waiting, completed, failed or canceled; an unknown word counts as unfinished.
        session_id: also on each image it makes.
        error_type: the exception's class when it failed.
        error_message: the exception's text; InvokeAI's traceback, which shows its paths, is left behind.
        pictures: image names by the id of the node, in our graph, that made them. Empty until the item has ended:
            InvokeAI writes results once, at the end or at an error.
    """

    item_id: int
    status: str
    batch_id: str
    session_id: str
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    error_type: str | None
    error_message: str | None = field(repr=False)
    field_values: tuple[FieldValue, ...] = field(repr=False)
    pictures: Mapping[str, tuple[str, ...]]

    @property
    def is_finished(self) -> bool:
        """Whether the status will never change again."""
        return self.status in FINISHED

    def images_of(self, node: str) -> tuple[str, ...]:
        """Return the names of the images made by our node ``node``.

        Only the output node's are results: other nodes save intermediate pictures in the same way.
        """
        return self.pictures.get(node, ())

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read a whole item; most keys are left out or null until they mean something."""
        source = reading.mapping(answer, "queue item")
        return cls(
            item_id=reading.whole(source, "item_id"),
            status=reading.text(source, "status"),
            batch_id=reading.text(source, "batch_id"),
            session_id=reading.text(source, "session_id"),
            created_at=reading.moment(source, "created_at"),
            started_at=reading.optional_moment(source, "started_at"),
            completed_at=reading.optional_moment(source, "completed_at"),
            error_type=reading.optional_text(source, "error_type"),
            error_message=reading.optional_text(source, "error_message"),
            field_values=tuple(_field_values(source.get("field_values"))),
            pictures=_pictures(source.get("session")),
        )


def _field_values(values: Any) -> Iterator[FieldValue]:
    for value in values if isinstance(values, list) else []:
        source = reading.mapping(value, "field_values")
        yield FieldValue(reading.text(source, "node_path"), reading.text(source, "field_name"), source.get("value"))


def _pictures(session: Any) -> dict[str, tuple[str, ...]]:
    """Sort results, which are keyed by ids InvokeAI made up while running, under the ids of our graph."""
    if not isinstance(session, dict):
        return {}
    sources = session.get("prepared_source_mapping") or {}
    found: dict[str, dict[str, None]] = {}
    for prepared, output in (session.get("results") or {}).items():
        for name in image_names(output):
            found.setdefault(sources.get(prepared, prepared), {})[name] = None
    return {node: tuple(names) for node, names in found.items()}


def image_names(output: Any) -> list[str]:
    """Return the images named in one node's output, of the single and of the collection kind."""
    if not isinstance(output, dict):
        return []
    images = {
        "image_output": [output.get("image")],
        "image_collection_output": output.get("collection") or [],
    }.get(output.get("type", ""), [])
    return [
        image["image_name"] for image in images if isinstance(image, dict) and isinstance(image.get("image_name"), str)
    ]
