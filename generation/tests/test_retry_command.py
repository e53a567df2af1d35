"""``manage.py retry_retrievals``"""

import pytest
from django.core.management import CommandError, call_command

from clients.invokeai import InvokeAI
from demo.standin.running import StandIn
from generation.running import following, retrieving
from generation.tests.conftest import Nudges, sent
from photos.choices import RetrievalStatus
from photos.models import Photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(server: StandIn, client: InvokeAI, nudges: Nudges) -> list[Photo]:
    """Two pictures that wait, of which one was given up."""
    step = sent(server, seeds=(1, 2))
    server.wait_until_idle()
    following.refresh(step, client)
    photos = list(Photo.objects.order_by("created_at"))
    retrieving.give_up(photos[1].pk)
    return photos


def here() -> int:
    return Photo.objects.filter(retrieval_status=RetrievalStatus.COMPLETED).count()


def test_a_dry_run_only_tells(waiting: list[Photo], capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is fetched."""
    call_command("retry_retrievals", dry_run=True)

    assert "1 picture would be fetched." in capsys.readouterr().out
    assert here() == 0


def test_what_waits_is_fetched_now(waiting: list[Photo], capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever its next attempt was to be; what rests is left alone."""
    Photo.objects.update(next_retrieval_at="2999-01-01T00:00Z")
    call_command("retry_retrievals")

    assert "1 of 1 picture fetched." in capsys.readouterr().out
    assert here() == 1


def test_what_rests_is_fetched_when_asked_for(waiting: list[Photo]) -> None:
    """As the owner would with the button."""
    call_command("retry_retrievals", failed=True)

    assert here() == 2


def test_what_cannot_be_fetched_makes_it_fail(waiting: list[Photo], server: StandIn) -> None:
    """With a non-zero exit, for scripts."""
    server.stop()
    with pytest.raises(CommandError, match="1 picture could not be fetched"):
        call_command("retry_retrievals")
