"""Queue items and counts as JSON."""

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from demo.standin import versions
from demo.standin.errors import Json
from demo.standin.queue import QueueItem, counts

if TYPE_CHECKING:
    from demo.standin.backend import Backend

PLAIN = (
    "item_id", "status", "status_sequence", "priority", "batch_id", "origin", "destination", "session_id",
    "error_type", "error_message", "error_traceback", "created_at", "updated_at", "started_at", "completed_at",
    "queue_id",
)  # fmt: skip
USER = {"user_id": "system", "user_display_name": "System", "user_email": "system@system.invokeai"}
NESTING = ("parent_item_id", "parent_session_id", "root_item_id", "workflow_call_id", "workflow_call_depth")
NESTED_CALLS = (
    "waiting_workflow_call",
    "waiting_workflow_call_execution",
    "waiting_workflow_call_child_session",
    "workflow_call_parent",
)
SUMMARY = (
    "item_id", "created_at", "status", "device", "started_at", "completed_at", "origin", "destination", "batch_id",
    "user_id", "user_display_name", "user_email", "field_values", "parent_item_id",
)  # fmt: skip


def whole(item: QueueItem, version: versions.Version) -> Json:
    """Return an item with its session, nulls included."""
    record = {name: getattr(item, name) for name in PLAIN} | USER | dict.fromkeys(NESTING)
    record |= {
        "field_values": item.field_values,
        "retried_from_item_id": item.retried_from_item_id,
        "device": item.device,
        "session": session(item, version),
        "workflow": item.workflow,
    }
    return {key: value for key, value in record.items() if version >= versions.ITEM_KEYS.get(key, versions.FIRST)}


def listed(item: QueueItem, version: versions.Version) -> Json:
    """Return an item as lists show it; old servers leave the session out."""
    record = whole(item, version)
    if version < versions.SESSION_IN_LIST:
        record.pop("session")
    return record


def summary(item: QueueItem, version: versions.Version) -> Json:
    """Return the light form of an item."""
    record = whole(item, version)
    return {key: record[key] for key in SUMMARY}


def without_nulls(value: object) -> object:
    """Return the value with all null keys dropped, however deep."""
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [without_nulls(inner) for inner in value]
    return value


def session(item: QueueItem, version: versions.Version) -> Json:
    """Return the execution state; results are written only when the item is finished."""
    done = item.prepared if item.is_finished else {}
    results = item.results if item.is_finished else {}
    executed = [name for source in item.executed for name in (source, item.prepared[source])] if done else []
    nested = dict.fromkeys(NESTED_CALLS) | {"workflow_call_stack": [], "workflow_call_history": []}
    return {
        **(nested | {"max_workflow_call_depth": 4} if version >= versions.WAITING else {}),
        "id": item.session_id,
        "graph": item.graph,
        "execution_graph": _execution_graph(item, done),
        "executed": executed,
        "executed_history": list(item.executed) if done else [],
        "results": results,
        "errors": item.errors,
        "prepared_source_mapping": {prepared: source for source, prepared in done.items()},
        "source_prepared_mapping": {source: [prepared] for source, prepared in done.items()},
        "prepared_iteration_paths": {prepared: [] for prepared in done.values()},
        "ready_order": [],
        "indegree": dict.fromkeys(done.values(), 0),
    }


def _execution_graph(item: QueueItem, done: dict[str, str]) -> Json:
    nodes = {done[key]: {**item.inputs.get(key, item.graph["nodes"][key]), "id": done[key]} for key in done}
    sent = item.graph["edges"] if done else []
    edges = [{end: {**edge[end], "node_id": done[edge[end]["node_id"]]} for end in edge} for edge in sent]
    name = uuid.uuid5(uuid.UUID(item.session_id), "graph")
    return {"id": str(name), "nodes": nodes, "edges": edges}


def tally(items: Iterable[QueueItem], version: versions.Version) -> dict[str, int]:
    """Count items by those statuses that the version knows."""
    found = counts(items)
    return {name: found[name] for name in found if name != "waiting" or version >= versions.WAITING}


def batch_status(backend: "Backend", queue_id: str, batch_id: str) -> Json:
    """Return the counts of a batch: zeros when it is unknown."""
    items = [] if backend.faults.forget_batches else backend.queue.matching(batch_id=batch_id, queue_id=queue_id)
    return {
        "queue_id": queue_id,
        "batch_id": batch_id,
        "origin": items[0].origin if items else None,
        "destination": items[0].destination if items else None,
        **tally(items, backend.speaks),
    }


def queue_status(backend: "Backend", queue_id: str) -> Json:
    """Return the counts of a queue and what is being executed."""
    current = backend.queue.current()
    found = tally(backend.queue.matching(queue_id=queue_id), backend.speaks)
    status: Json = {"queue_id": queue_id}
    status |= {name: getattr(current, name) if current else None for name in ("item_id", "batch_id", "session_id")}
    status |= found
    if backend.speaks >= versions.ITEM_KEYS["user_id"]:
        status |= {"user_pending": found["pending"], "user_in_progress": found["in_progress"]}
    return status
