"""What a server can do is asked once for each of its versions."""

from collections.abc import Iterator

import pytest

from clients.invokeai import InvokeAI
from demo.standin.running import StandIn
from models_catalog import abilities, syncing
from models_catalog.models import ServerAbilities

pytestmark = pytest.mark.django_db


@pytest.fixture
def server() -> Iterator[StandIn]:
    """A server that works at once."""
    with StandIn() as running:
        yield running


def test_the_long_description_is_read_once_for_each_version(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is some 2 MB long on a real server."""
    asked: list[str] = []
    real = InvokeAI.node_types
    monkeypatch.setattr(InvokeAI, "node_types", lambda client: (asked.append("now"), real(client))[1])
    for version in ("6.14.2", "6.14.2", "6.15.0"):
        server.pretend_version(version)
        with InvokeAI(server.url) as client:
            assert "denoise_latents" in abilities.node_types(server.url, client)

    assert len(asked) == 2
    assert ServerAbilities.objects.get().version == "6.15.0"


def test_reading_the_catalogue_learns_it_too(server: StandIn) -> None:
    """So that pages know it before the first request, and without a call of their own."""
    assert abilities.known_node_types(server.url) == frozenset()
    with InvokeAI(server.url) as client:
        syncing.sync(client, server.url)

    assert "flux_denoise" in abilities.known_node_types(server.url)
