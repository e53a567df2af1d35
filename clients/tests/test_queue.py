"""Batches and items, over the versions' different endpoints."""

from datetime import UTC, datetime

import pytest

from clients.errors import RemoteUnreachable
from clients.invokeai import Batch, InvokeAI
from clients.tests.server import FakeServer, recorded

QUEUE = "/api/v1/queue/default"
VERSION = "/api/v1/app/version"


def values(*items: object) -> list[dict[str, object]]:
    return [{"node_path": "seed", "field_name": "value", "items": list(items)}]


def item(item_id: int, batch_id: str = "batch-1") -> dict[str, object]:
    found: dict[str, object] = recorded("item_completed")
    return found | {"item_id": item_id, "batch_id": batch_id}


def test_a_batch_counts_what_it_will_make() -> None:
    """Groups multiply, runs repeat, and one empty list makes nothing at all."""
    assert Batch("b", {}).size == 1
    assert Batch("b", {}, [values(1, 2), values(3, 4, 5)], runs=2).size == 12
    assert Batch("b", {}, [values(1, 2), values()]).size == 0


def test_a_batch_shows_no_prompt() -> None:
    """Its repr may reach a log."""
    assert "fox" not in repr(Batch("b", {"prompt": "a fox"}, [values("a fox")]))


def test_a_truncated_batch_is_told(server: FakeServer, invoke: InvokeAI) -> None:
    """A full queue answers 200; the ids come newest first and are put into the order of the work."""
    server.says("POST", f"{QUEUE}/enqueue_batch", recorded("enqueued"), status=200)

    sent = invoke.queue.enqueue(Batch("batch-1", {"id": "g"}, [values(1, 2, 3, 4)], destination="d"))

    assert sent.is_truncated
    assert sent.item_ids == (11, 12, 13)
    assert server.asked[0].json["batch"]["batch_id"] == "batch-1"
    assert server.asked[0].json["batch"]["data"] == [values(1, 2, 3, 4)]


def test_an_old_server_names_no_items(server: FakeServer, invoke: InvokeAI) -> None:
    """Before 6.0 the answer has no item ids."""
    answer = recorded("enqueued")
    del answer["item_ids"]
    server.says("POST", f"{QUEUE}/enqueue_batch", answer, status=201)

    assert invoke.queue.enqueue(Batch("batch-1", {})).item_ids == ()


def test_an_answer_without_its_keys_leaves_the_outcome_open(server: FakeServer, invoke: InvokeAI) -> None:
    """The batch may run: so it is no refusal."""
    server.says("POST", f"{QUEUE}/enqueue_batch", {"batch": {}})

    with pytest.raises(RemoteUnreachable, match="batch_id"):
        invoke.queue.enqueue(Batch("batch-1", {}))


def test_a_batch_is_counted(server: FakeServer, invoke: InvokeAI) -> None:
    """Waiting items are unfinished too, and older servers do not know them."""
    answer = recorded("batch_status")
    del answer["waiting"]
    server.says("GET", f"{QUEUE}/b/batch-1/status", answer)

    status = invoke.queue.batch_status("batch-1")

    assert (status.total, status.unfinished, status.is_gone) == (4, 3, False)
    assert status.destination == "gallery_app:1"


def test_an_unknown_batch_is_gone(server: FakeServer, invoke: InvokeAI) -> None:
    """InvokeAI answers it with zeros, never with 404."""
    zeros = {key: 0 if isinstance(value, int) else value for key, value in recorded("batch_status").items()}
    server.says("GET", f"{QUEUE}/b/batch-1/status", zeros)

    assert invoke.queue.batch_status("batch-1").is_gone


def test_the_queue_tells_whether_it_runs(server: FakeServer, invoke: InvokeAI) -> None:
    """A paused queue leaves everything pending."""
    server.says("GET", f"{QUEUE}/status", recorded("queue_status"))

    status = invoke.queue.status()

    assert (status.is_started, status.is_processing, status.item_id, status.batch_id) == (True, True, 12, "batch-1")


def test_an_item_knows_the_pictures_of_each_node(server: FakeServer, invoke: InvokeAI) -> None:
    """Results are found through our own node's id, since other nodes save pictures too."""
    server.says("GET", VERSION, {"version": "6.14.2"})
    server.says("GET", f"{QUEUE}/i/11", recorded("item_completed"))

    found = invoke.queue.item(11)

    assert found is not None
    assert found.images_of("out") == ("result.png",)
    assert found.images_of("many") == ("a.png", "b.png")
    assert found.images_of("seed") == ()
    assert found.field_values[0].value == 42


def test_times_are_utc(server: FakeServer, invoke: InvokeAI) -> None:
    """InvokeAI writes them without a zone; a missing one is None."""
    server.says("GET", VERSION, {"version": "6.14.2"})
    server.says("GET", f"{QUEUE}/i/12", recorded("item_canceled"))

    found = invoke.queue.item(12)

    assert found is not None
    assert found.created_at == datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
    assert found.started_at is None
    assert found.is_finished


@pytest.mark.parametrize(("version", "status"), [("6.14.2", 404), ("5.15.0", 500)])
def test_an_item_that_is_gone_is_none(server: FakeServer, invoke: InvokeAI, version: str, status: int) -> None:
    """Before 6.0 a missing item is an internal error."""
    server.says("GET", VERSION, {"version": version})
    server.says("GET", f"{QUEUE}/i/9", b"Internal Server Error", status=status, headers={"Content-Type": "text/plain"})

    assert invoke.queue.item(9) is None


def test_items_are_asked_for_together_from_6_7(server: FakeServer, invoke: InvokeAI) -> None:
    """They come in the order of their ids, without those that cannot be read and those of other batches."""
    server.says("GET", VERSION, {"version": "6.7.0"})
    server.says("POST", f"{QUEUE}/items_by_ids", [item(13), item(11), item(12, "batch-2")])

    items = invoke.queue.items_of_batch("batch-1", [13, 12, 11, 10])

    assert [found.item_id for found in items] == [11, 13]
    assert server.asked[-1].json == {"item_ids": [10, 11, 12, 13]}


def test_an_item_that_cannot_be_read_does_not_hide_the_others(server: FakeServer, invoke: InvokeAI) -> None:
    """Up to 6.6 items are asked for one by one, and a bad value makes its item answer 500."""
    server.says("GET", VERSION, {"version": "6.2.0"})
    server.says("GET", f"{QUEUE}/i/11", {"detail": "x"}, status=500)
    server.says("GET", f"{QUEUE}/i/12", item(12))

    assert [found.item_id for found in invoke.queue.items_of_batch("batch-1", [11, 12])] == [12]


def test_a_server_that_is_away_is_not_taken_for_missing_items(server: FakeServer, invoke: InvokeAI) -> None:
    """Only what InvokeAI says of an item leaves it out, not what a proxy says of InvokeAI."""
    server.says("GET", VERSION, {"version": "5.0.0"})
    server.says("GET", f"{QUEUE}/i/11", {}, status=502)

    with pytest.raises(RemoteUnreachable):
        invoke.queue.items_of_batch("batch-1", [11])


def test_unknown_ids_are_found_in_the_list_of_an_old_server(server: FakeServer, invoke: InvokeAI) -> None:
    """The search goes on, page by page, until as many are found as the batch counts."""
    server.says("GET", VERSION, {"version": "5.4.0"})
    server.says("GET", f"{QUEUE}/b/batch-1/status", recorded("batch_status") | {"total": 2})
    rows = [{"item_id": 12, "batch_id": "batch-1", "priority": 0}, {"item_id": 10, "batch_id": "other", "priority": 3}]
    server.says("GET", f"{QUEUE}/list", {"items": rows, "has_more": True})
    server.says("GET", f"{QUEUE}/list", {"items": [rows[0] | {"item_id": 8}], "has_more": True})
    server.says("GET", f"{QUEUE}/i/8", item(8))
    server.says("GET", f"{QUEUE}/i/12", item(12))

    items = invoke.queue.items_of_batch("batch-1")

    assert [found.item_id for found in items] == [8, 12]
    pages = [asked.query for asked in server.asked if asked.path.endswith("/list")]
    assert pages == [{"limit": ["50"]}, {"limit": ["50"], "cursor": ["10"], "priority": ["3"]}]


@pytest.mark.parametrize(("version", "rows"), [("6.9.0", "items_by_ids"), ("6.14.0-alpha", "item_summaries_by_ids")])
def test_unknown_ids_are_found_among_all_of_a_new_server(
    server: FakeServer, invoke: InvokeAI, version: str, rows: str
) -> None:
    """From 6.14 through summaries, which are small and never fail."""
    server.says("GET", VERSION, {"version": version})
    server.says("GET", f"{QUEUE}/b/batch-1/status", recorded("batch_status") | {"total": 1})
    server.says("GET", f"{QUEUE}/item_ids", {"item_ids": [14, 11], "total_count": 2})
    server.says("POST", f"{QUEUE}/{rows}", [item(14, "other"), item(11)])
    server.says("POST", f"{QUEUE}/items_by_ids", [item(11)])

    assert [found.item_id for found in invoke.queue.items_of_batch("batch-1")] == [11]
    assert any(asked.path.endswith(f"/{rows}") for asked in server.asked)


def test_batches_are_cancelled_by_their_ids(server: FakeServer, invoke: InvokeAI) -> None:
    """The answer counts what was still unfinished."""
    server.says("PUT", f"{QUEUE}/cancel_by_batch_ids", {"canceled": 3})

    assert invoke.queue.cancel_batches(["batch-1"]) == 3
    assert server.asked[0].json == {"batch_ids": ["batch-1"]}


def test_one_item_is_cancelled(server: FakeServer, invoke: InvokeAI) -> None:
    """The item comes back in its new state."""
    server.says("GET", VERSION, {"version": "6.14.2"})
    server.says("PUT", f"{QUEUE}/i/12/cancel", recorded("item_canceled"))

    cancelled = invoke.queue.cancel_item(12)

    assert cancelled is not None
    assert cancelled.status == "canceled"


def test_a_paused_queue_is_resumed(server: FakeServer, invoke: InvokeAI) -> None:
    """One call, without a body."""
    server.says("PUT", f"{QUEUE}/processor/resume", {"is_started": True, "is_processing": False})

    invoke.queue.resume()

    assert server.asked[0].path == f"{QUEUE}/processor/resume"
