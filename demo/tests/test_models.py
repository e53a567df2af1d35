"""The models that the server offers."""

from demo.standin.running import StandIn
from demo.tests.asking import Client


def test_models_can_be_narrowed_by_type_and_base(client: Client) -> None:
    found = client.json("/api/v2/models/", model_type="main", base_models=["sd-1", "sdxl"])["models"]

    assert {model["name"] for model in found} == {"Cedar 1.5", "Juniper XL 4"}


def test_keys_are_the_same_at_every_start(client: Client) -> None:
    with StandIn() as other:
        assert client.json("/api/v2/models/") == Client(other).json("/api/v2/models/")


def test_an_unknown_model_is_404(client: Client) -> None:
    assert client.get("/api/v2/models/i/nope").status_code == 404


def test_a_reinstalled_model_has_a_new_key_and_its_old_hash(client: Client, server: StandIn) -> None:
    before = client.json("/api/v2/models/")["models"][0]
    server.models.reinstall(before["key"])
    after = client.json("/api/v2/models/")["models"][0]

    assert after["key"] != before["key"]
    assert after["hash"] == before["hash"]


def test_nobody_needs_to_log_in(client: Client) -> None:
    assert client.json("/api/v1/auth/status")["multiuser_enabled"] is False


def test_braces_in_a_prompt_are_expanded(client: Client) -> None:
    answer = client.post("/api/v1/utilities/dynamicprompts", {"prompt": "a {red|blue} {fox|owl}"})

    assert answer.json()["prompts"] == ["a red fox", "a red owl", "a blue fox", "a blue owl"]
