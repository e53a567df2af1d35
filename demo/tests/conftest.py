"""Fixtures for the tests of the stand-in."""

from collections.abc import Iterator

import pytest

from demo.standin import models
from demo.standin.errors import Json
from demo.standin.running import StandIn
from demo.tests.asking import Client


@pytest.fixture
def server() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture
def client(server: StandIn) -> Client:
    return Client(server)


@pytest.fixture
def model() -> Json:
    return models.identity("Cedar 1.5", "sd-1", "main")
