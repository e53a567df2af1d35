"""Asking about the queue and changing it."""

import pytest

from demo.standin.backend import Pace
from demo.standin.errors import Json
from demo.standin.running import StandIn
from demo.tests.asking import QUEUE, Client, image_name, text_to_image


def test_an_unknown_batch_has_zeros_everywhere(client: Client) -> None:
    assert client.status("nonesuch")["total"] == 0


def test_an_unknown_item_is_404(client: Client) -> None:
    answer = client.get(f"{QUEUE}/i/99")

    assert answer.status_code == 404
    assert answer.json() == {"detail": "Queue item with id 99 not found in queue default"}


def test_one_item_comes_without_nulls_and_many_with_them(client: Client) -> None:
    (item,) = client.run()
    (listed,) = client.post(f"{QUEUE}/items_by_ids", {"item_ids": [1, 99]}).json()

    assert "error_type" not in item
    assert listed["error_type"] is None


def test_times_are_utc_text_without_a_zone(client: Client) -> None:
    (item,) = client.run()

    assert len(item["completed_at"]) == len("2026-11-22 18:25:41.838")


def test_canceling_a_batch_stops_what_runs_and_what_waits(model: Json) -> None:
    with StandIn(pace=Pace(seconds_per_step=5)) as server:
        client = Client(server)
        client.enqueue(text_to_image(model), batch_id="b1", runs=3)
        server.wait_until(lambda: server.queue.current() is not None)
        answer = client.put(f"{QUEUE}/cancel_by_batch_ids", {"batch_ids": ["b1"]})

        assert answer.json() == {"canceled": 3}
        assert client.status("b1")["canceled"] == 3
        assert [event for event, _ in server.events].count("queue_items_canceled") == 1


def test_canceling_a_finished_item_changes_nothing(client: Client) -> None:
    client.run()

    assert client.put(f"{QUEUE}/i/1/cancel").json()["status"] == "completed"


def test_results_appear_only_at_the_end(model: Json) -> None:
    with StandIn(pace=Pace(seconds_per_step=5)) as server:
        client = Client(server)
        client.enqueue(text_to_image(model))
        server.wait_until(lambda: bool(server.queue.items[1].results))

        assert client.json(f"{QUEUE}/i/1")["session"]["results"] == {}


def test_a_retry_is_a_new_item_of_the_same_batch(client: Client, server: StandIn, model: Json) -> None:
    server.misbehave(fail_items=1)
    client.run(text_to_image(model), batch_id="b1")
    answer = client.put(f"{QUEUE}/retry_items_by_id", [1])
    server.wait_until_idle()

    assert answer.json()["retried_item_ids"] == [1]
    assert client.json(f"{QUEUE}/i/2")["retried_from_item_id"] == 1
    assert {key: client.status("b1")[key] for key in ("total", "failed", "completed")} == {
        "total": 2, "failed": 1, "completed": 1,
    }  # fmt: skip


def test_a_retry_takes_a_bare_list_only(client: Client) -> None:
    assert client.put(f"{QUEUE}/retry_items_by_id", {"item_ids": [1]}).status_code == 422


def test_pruned_items_are_gone_but_their_pictures_stay(client: Client) -> None:
    (item,) = client.run(batch_id="b1")

    assert client.put(f"{QUEUE}/prune").json() == {"deleted": 1}
    assert client.status("b1")["total"] == 0
    assert client.get(f"{QUEUE}/i/1").status_code == 404
    assert client.get(f"/api/v1/images/i/{image_name(item)}").status_code == 200


def test_a_paused_processor_says_so_and_begins_nothing(client: Client, server: StandIn) -> None:
    paused = client.put(f"{QUEUE}/processor/pause").json()
    client.enqueue(batch_id="b1")

    assert paused == {"is_started": False, "is_processing": False}
    assert client.status("b1")["pending"] == 1

    client.put(f"{QUEUE}/processor/resume")
    server.wait_until_idle()
    assert client.status("b1")["completed"] == 1


@pytest.mark.parametrize(("order", "ids"), [("ASC", [1, 2]), ("DESC", [2, 1])])
def test_item_ids_come_in_the_asked_order(client: Client, order: str, ids: list[int]) -> None:
    client.run(runs=2)

    assert client.json(f"{QUEUE}/item_ids", order_dir=order) == {"item_ids": ids, "total_count": 2}


def test_destinations_can_be_listed_counted_and_canceled(client: Client, server: StandIn) -> None:
    server.pause()
    client.enqueue(destination="here")
    client.enqueue(destination="there")

    assert len(client.json(f"{QUEUE}/list_all", destination="here")) == 1
    assert client.json(f"{QUEUE}/counts_by_destination", destination="here")["pending"] == 1
    assert client.put(f"{QUEUE}/cancel_by_destination?destination=here").json() == {"canceled": 1}
    assert len(server.queue.with_status("pending")) == 1
