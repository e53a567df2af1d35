"""What happens to a batch when it is posted."""

import pytest

from demo.standin.errors import Json
from demo.standin.running import StandIn
from demo.tests.asking import QUEUE, Client, blank, edge, text_to_image, values


def test_the_answer_is_200_and_lists_the_newest_item_first(client: Client) -> None:
    answer = client.enqueue(batch_id="b1", runs=3)

    assert answer.status_code == 200
    assert answer.json()["item_ids"] == [3, 2, 1]
    assert (answer.json()["enqueued"], answer.json()["requested"]) == (3, 3)


def test_groups_are_zipped_inside_and_multiplied_with_each_other(client: Client, model: Json) -> None:
    data = [[values("seed", 1, 2)], [values("prompt", "a", "b"), values("nprompt", "x", "y")]]

    items = client.run(text_to_image(model), data=data)

    got = [tuple(value["value"] for value in item["field_values"]) for item in items]
    assert got == [(1, "a", "x"), (1, "b", "y"), (2, "a", "x"), (2, "b", "y")]


def test_an_empty_group_makes_no_items(client: Client) -> None:
    assert client.enqueue(data=[[values("seed")]]).json()["enqueued"] == 0


def test_posting_a_batch_id_again_adds_to_the_batch(client: Client) -> None:
    client.enqueue(batch_id="b1")
    second = client.enqueue(batch_id="b1").json()

    assert second["enqueued"] == 1
    assert second["item_ids"] == [2, 1]


def test_unknown_keys_are_dropped_and_defaults_filled_in(client: Client) -> None:
    graph = blank()
    graph["nodes"]["seed"]["colour"] = "red"

    echoed = client.enqueue(graph, novelty=1).json()["batch"]

    assert echoed["graph"]["nodes"]["seed"] == {
        "id": "seed", "type": "integer", "is_intermediate": True, "use_cache": True, "value": 0,
    }  # fmt: skip
    assert "novelty" not in echoed


@pytest.mark.parametrize(
    ("node", "field", "value", "kind"),
    [
        ("noise", "width", 65, "multiple_of"),
        ("denoise", "scheduler", "nonesuch", "literal_error"),
        ("denoise", "cfg_scale", 0.5, "value_error"),
        ("denoise", "steps", 0, "greater_than"),
        ("denoise", "steps", "abc", "int_parsing"),
        ("model", "model", {"key": "k"}, "missing"),
        ("out", "type", "nonesuch", "union_tag_invalid"),
    ],
)
def test_a_bad_value_in_the_graph_is_refused(
    client: Client, model: Json, node: str, field: str, value: object, kind: str
) -> None:
    graph = text_to_image(model)
    graph["nodes"][node][field] = value

    answer = client.enqueue(graph)

    assert answer.status_code == 422
    assert answer.json()["detail"][0]["type"] == kind
    assert answer.json()["detail"][0]["loc"][:5] == ["body", "batch", "graph", "nodes", node]


@pytest.mark.parametrize(
    ("wire", "words"),
    [
        (("ghost.value", "out.width"), "source node ghost does not exist"),
        (("seed.value", "ghost.width"), "destination node ghost does not exist"),
        (("seed.nothing", "out.width"), "source field nothing does not exist in node seed"),
        (("seed.value", "out.nothing"), "destination field nothing does not exist in node out"),
        (("out.image", "seed.value"), "types do not match (out.image -> seed.value)"),
    ],
)
def test_a_bad_edge_is_refused(client: Client, wire: tuple[str, str], words: str) -> None:
    graph = blank()
    graph["edges"] = [edge(*wire)]

    answer = client.enqueue(graph)

    assert answer.status_code == 422
    assert words in answer.json()["detail"][0]["msg"]


def test_a_node_must_bear_the_id_of_its_key(client: Client) -> None:
    graph = blank()
    graph["nodes"]["seed"]["id"] = "other"

    assert "Node ids must match" in client.enqueue(graph).json()["detail"][0]["msg"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([[values("seed", 1), values("out", 16, 24, field="width")]], "same length"),
        ([[values("seed", 1)], [values("seed", 2)]], "unique node_id and field_name"),
        ([[values("seed", 1, "a")]], "same type"),
        ([[values("ghost", 1)]], "Node ghost not found"),
        ([[values("seed", 1, field="nope")]], "Field nope not found in node seed"),
    ],
)
def test_bad_batch_data_is_refused(client: Client, data: list[list[Json]], words: str) -> None:
    answer = client.enqueue(data=data)

    assert answer.status_code == 422
    assert words in answer.json()["detail"][0]["msg"]


def test_a_bad_batch_value_is_accepted_and_blocks_the_queue_until_its_batch_is_canceled(
    client: Client, server: StandIn
) -> None:
    bad = client.enqueue(batch_id="bad", data=[[values("seed", "abc")]])
    client.enqueue(batch_id="good")

    assert bad.status_code == 200
    assert client.get(f"{QUEUE}/i/1").status_code == 500
    assert client.get(f"{QUEUE}/list_all").status_code == 500
    assert client.post(f"{QUEUE}/items_by_ids", {"item_ids": [1]}).json() == []
    assert client.status("good")["pending"] == 1

    assert client.put(f"{QUEUE}/cancel_by_batch_ids", {"batch_ids": ["bad"]}).json() == {"canceled": 1}
    server.wait_until_idle()
    assert client.status("good")["completed"] == 1


def test_a_full_queue_takes_what_fits_and_answers_200(client: Client, server: StandIn) -> None:
    server.pause()
    server.misbehave(queue_room=2)

    first, second = client.enqueue(runs=3).json(), client.enqueue().json()

    assert (first["requested"], first["enqueued"], len(first["item_ids"])) == (3, 2, 2)
    assert (second["requested"], second["enqueued"], second["item_ids"]) == (1, 0, [])


def test_prepended_items_come_first(client: Client, server: StandIn) -> None:
    server.pause()
    client.enqueue(runs=2)
    client.post(f"{QUEUE}/enqueue_batch", {"prepend": True, "batch": {"graph": blank(), "runs": 1}})
    server.resume()
    server.wait_until_idle()

    assert server.executed == [3, 1, 2]
