"""What older servers do differently."""

import pytest

from demo.standin.running import StandIn
from demo.standin.versions import Version
from demo.tests.asking import QUEUE, Client


@pytest.mark.parametrize(
    ("text", "version"),
    [("6.14.2", Version(6, 14, 2)), ("6.0.0rc5", Version(6, 0, 0)), ("4.2.7post1", Version(4, 2, 7))],
)
def test_a_version_is_its_leading_numbers(text: str, version: Version) -> None:
    assert Version.parse(text) == version


@pytest.mark.parametrize(
    ("version", "path", "exists"),
    [
        ("5.15.0", "list", True),
        ("6.6.0", "list", True),
        ("6.7.0", "list", False),
        ("5.15.0", "list_all", False),
        ("6.6.0", "item_ids", False),
        ("6.7.0", "item_ids", True),
    ],
)
def test_addresses_come_and_go(client: Client, server: StandIn, version: str, path: str, exists: bool) -> None:
    server.pretend_version(version)

    assert (client.get(f"{QUEUE}/{path}").status_code == 200) == exists


def test_an_unknown_address_is_html_since_6_12_and_404_before(client: Client, server: StandIn) -> None:
    now = client.get("/api/v2/models")
    server.pretend_version("6.11.0")
    before = client.get("/api/v2/models")

    assert (now.status_code, now.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert before.status_code == 404


def test_servers_before_6_tell_no_item_ids_but_list_them(client: Client, server: StandIn) -> None:
    server.pretend_version("5.15.0")
    answer = client.enqueue(batch_id="b1", runs=2).json()
    listed = client.json(f"{QUEUE}/list")

    assert "item_ids" not in answer
    assert [(item["item_id"], item["batch_id"]) for item in listed["items"]] == [(1, "b1"), (2, "b1")]
    assert "session" not in listed["items"][0]


def test_a_missing_item_is_500_before_6(client: Client, server: StandIn) -> None:
    server.pretend_version("5.15.0")

    assert client.get(f"{QUEUE}/i/99").status_code == 500


def test_item_keys_grow_with_the_version(client: Client, server: StandIn) -> None:
    (new,) = client.run()
    server.pretend_version("6.11.0")
    old = client.json(f"{QUEUE}/i/1")

    assert {"user_id", "status_sequence", "device"} <= new.keys()
    assert not {"user_id", "status_sequence", "device"} & old.keys()


def test_openapi_lists_the_addresses_of_the_version_and_the_node_types(client: Client, server: StandIn) -> None:
    server.pretend_version("6.6.0")
    found = client.json("/openapi.json")

    schemas = found["components"]["schemas"].values()
    kinds = {schema["properties"]["type"]["const"] for schema in schemas if schema["class"] == "invocation"}
    assert found["info"]["version"] == "1.0.0"
    assert "/api/v1/queue/{queue_id}/list" in found["paths"]
    assert "/api/v1/queue/{queue_id}/item_ids" not in found["paths"]
    assert {"l2i", "denoise_latents", "flux_denoise", "core_metadata"} <= kinds
