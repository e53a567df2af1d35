"""Whether a server can be used, what it knows, and its models."""

import pytest

from clients.errors import RemoteRejected, RemoteUnreachable
from clients.invokeai import InvokeAI, Version
from clients.tests.server import FakeServer, recorded

VERSION = "/api/v1/app/version"
AUTH = "/api/v1/auth/status"


@pytest.mark.parametrize(
    ("text", "version"),
    [("6.14.2", (6, 14, 2)), ("6.14.0-alpha", (6, 14, 0)), ("6.0.0rc5", (6, 0, 0)), ("4.2.7post1", (4, 2, 7))],
)
def test_a_version_is_read_without_its_suffix(text: str, version: tuple[int, int, int]) -> None:
    """The text is kept for showing."""
    assert Version.parse(text) == Version(*version)
    assert str(Version.parse(text)) == text


def test_versions_compare_as_numbers() -> None:
    """6.14 is later than 6.7."""
    assert Version.parse("6.14.0") > Version(6, 7)


def test_a_usable_server_tells_its_version(server: FakeServer, invoke: InvokeAI) -> None:
    """Unknown keys of the answer are ignored."""
    server.says("GET", VERSION, {"version": "6.8.1", "highlights": []})
    server.says("GET", "/api/v1/queue/default/status", recorded("queue_status"))

    assert invoke.check() == Version(6, 8, 1)


def test_a_server_that_is_too_old_is_told(server: FakeServer, invoke: InvokeAI) -> None:
    """The sentence names both versions."""
    server.says("GET", VERSION, {"version": "4.2.9"})

    with pytest.raises(RemoteRejected, match=r"InvokeAI 4\.2\.9\. The gallery needs 5\.0\.0"):
        invoke.check()


def test_something_else_at_the_address_is_told(invoke: InvokeAI) -> None:
    """A web page with 200 is what an unknown path of many servers answers."""
    with pytest.raises(RemoteUnreachable, match="answers, but not as InvokeAI"):
        invoke.check()


def test_a_multi_user_server_is_told_to_be_of_no_use_yet(server: FakeServer, invoke: InvokeAI) -> None:
    """It is told before the first call that would need one."""
    server.says("GET", VERSION, {"version": "6.14.2"})
    server.says("GET", AUTH, recorded("auth_multiuser"))

    with pytest.raises(RemoteRejected, match="Run it in single-user mode"):
        invoke.check()


def test_a_token_that_is_not_accepted_is_told(server: FakeServer) -> None:
    """Checking includes one call that needs the login."""
    server.says("GET", VERSION, {"version": "6.14.2"})
    server.says("GET", "/api/v1/queue/default/status", {"detail": "Authentication required"}, status=401)

    with InvokeAI(server.url, token="old") as invoke, pytest.raises(RemoteRejected, match="asks for a login"):
        invoke.check()


def test_node_types_come_from_the_description(server: FakeServer, invoke: InvokeAI) -> None:
    """Outputs are described there too and are no nodes."""
    server.says("GET", "/openapi.json", recorded("openapi"))

    assert invoke.node_types() == {"noise", "l2i"}


def test_models_keep_their_settings(server: FakeServer, invoke: InvokeAI) -> None:
    """Any setting, and all of them, may be missing."""
    server.says("GET", "/api/v2/models/", recorded("models"))

    main, lora, vae = invoke.models.all()

    assert (main.default_width, main.default_steps, main.variant) == (512, None, "normal")
    assert (lora.default_weight, lora.trigger_phrases) == (0.5, ("in style",))
    assert vae.default_settings == {}
    assert main.identifier == {"key": "key-main", "hash": "blake3:01", "name": "tiny", "base": "sd-1", "type": "main"}


def test_models_without_their_file_are_named(server: FakeServer, invoke: InvokeAI) -> None:
    """InvokeAI goes on listing them among the others."""
    server.says("GET", VERSION, {"version": "6.14.2"})
    server.says("GET", "/api/v2/models/missing", recorded("models"))

    assert invoke.models.missing_keys() == {"key-main", "key-lora", "key-vae"}


def test_an_old_server_cannot_tell_missing_models(server: FakeServer, invoke: InvokeAI) -> None:
    """Before 6.0 there is no such call, and none is made."""
    server.says("GET", VERSION, {"version": "5.15.0"})

    assert invoke.models.missing_keys() == frozenset()
    assert len(server.asked) == 1


def test_models_on_their_way_are_counted(server: FakeServer, invoke: InvokeAI) -> None:
    """What is done or failed stays in the list and counts nothing."""
    jobs = [
        {"id": n, "status": word} for n, word in enumerate(["waiting", "downloading", "running", "completed", "error"])
    ]
    server.says("GET", "/api/v2/models/install", jobs)

    assert invoke.models.installing() == 3
