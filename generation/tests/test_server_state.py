"""What the studio says of the server."""

import pytest
import requests
from django.test import Client

from demo.standin.running import StandIn
from models_catalog import syncing
from settings_app.models import ApplicationSettings

pytestmark = pytest.mark.django_db
FRAGMENT = "/generate/server/"


@pytest.fixture
def paused(server: StandIn) -> StandIn:
    """A known server whose queue somebody paused."""
    ApplicationSettings.load()
    ApplicationSettings.objects.update(local_backend_url=server.url)
    syncing.sync_current()
    requests.put(f"{server.url}/api/v1/queue/default/processor/pause", timeout=5).raise_for_status()
    return server


def test_a_paused_queue_is_told_and_can_be_resumed(owner_client: Client, paused: StandIn) -> None:
    """Otherwise requests would seem to hang; once it runs there is nothing to say."""
    assert "The queue is paused" in owner_client.get(FRAGMENT).content.decode()

    owner_client.post("/generate/server/resume/")
    assert owner_client.get(FRAGMENT).content.strip() == b""


def test_a_server_that_is_away_is_told_with_what_to_do(owner_client: Client) -> None:
    """Nothing listens on the discard port."""
    ApplicationSettings.load()
    ApplicationSettings.objects.update(local_backend_url="http://127.0.0.1:9")

    notice = owner_client.get(FRAGMENT).content.decode()
    assert "The server does not answer" in notice
    assert "Test the connection" in notice


def test_a_queue_that_cannot_be_resumed_is_no_error_page(owner_client: Client) -> None:
    """The sentence comes as a toast on the page one was on."""
    ApplicationSettings.load()
    ApplicationSettings.objects.update(local_backend_url="http://127.0.0.1:9")

    answer = owner_client.post("/generate/server/resume/", follow=True)
    assert "Nothing answers at" in answer.content.decode()
