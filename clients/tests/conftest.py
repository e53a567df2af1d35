"""A fake server, and a client that speaks to it."""

from collections.abc import Iterator

import pytest

from clients.http import Http, Timeouts
from clients.invokeai import InvokeAI
from clients.tests.server import FakeServer, running

QUICK = Timeouts(connect=1, read=0.3, whole=1)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """A server that has not yet been told anything."""
    with running() as fake:
        yield fake


@pytest.fixture
def http(server: FakeServer) -> Iterator[Http]:
    """The bare layer, with a token."""
    with Http(server.url, service="InvokeAI", token="s3cret", timeouts=QUICK) as caller:
        yield caller


@pytest.fixture
def invoke(server: FakeServer) -> Iterator[InvokeAI]:
    """A client of the fake server; tests say which version it is."""
    with InvokeAI(server.url, timeouts=Timeouts(connect=1, read=2, whole=3)) as client:
        yield client
