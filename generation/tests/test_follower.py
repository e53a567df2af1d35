"""The follower sees everything the server does, with its events and without."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event

import pytest
from django.core.management import call_command
from django.db import OperationalError

from demo.standin.running import StandIn
from demo.standin.switches import ALWAYS
from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep
from generation.running import heartbeat, progress
from generation.running.follower import Follower
from generation.tests.conftest import Nudges, asked, fresh, made_with, recipe_for, sent
from generation.tests.factories import AlternativeFactory, StepFactory
from lib import clock
from photos.models import Photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nudges")]

JPEG = b"\xff\xd8\xff"


@pytest.fixture
def follower() -> Iterator[Follower]:
    """One that is turned by hand."""
    made = Follower(Event())
    yield made
    made.close()


def turn_until(follower: Follower, holds: Callable[[], bool], seconds: float = 15) -> None:
    """Let the follower go on until something is so."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "nothing came of it"
        time.sleep(min(follower.turn(), 0.2))


@pytest.mark.parametrize(
    "faults",
    [{}, {"duplicate_events": True}, {"silent_socket": True}, {"refuse_socket": True}],
    ids=["events", "doubled events", "silence", "no events"],
)
def test_every_picture_is_recorded_once(
    slow_server: StandIn, follower: Follower, nudges: Nudges, faults: dict[str, bool]
) -> None:
    """However the events behave, the step ends with its four pictures."""
    slow_server.misbehave(**faults)
    step = sent(slow_server)
    turn_until(follower, lambda: not fresh(step).is_under_way)

    assert fresh(step).outcome == Outcome.AS_ASKED
    assert Photo.objects.count() == step.alternatives.count() == 4
    assert len(asked(nudges, "retrieve_photo")) == 4


def test_a_picture_is_recorded_while_the_next_is_made(slow_server: StandIn, follower: Follower) -> None:
    """An event tells its name, its size and, by its item, its seed."""
    step = sent(slow_server)
    turn_until(follower, lambda: step.alternatives.exists())

    first = Photo.objects.order_by("created_at")[0]
    assert fresh(step).status == StepStatus.PROCESSING
    assert made_with(first) == 11
    assert (first.width, first.height) == (64, 64)


def test_previews_and_percent_reach_the_page(slow_server: StandIn, follower: Follower) -> None:
    """They pass through the cache, which the web process reads."""
    step = sent(slow_server, steps=20)
    turn_until(follower, lambda: progress.of(fresh(step), now=clock.now()).has_preview)

    shown = progress.of(fresh(step), now=clock.now())
    assert (progress.preview_of(step.pk) or b"").startswith(JPEG)
    assert shown.percent is not None
    assert shown.elapsed is not None
    assert shown.asked == 4


def test_what_was_heard_is_forgotten_at_the_end(slow_server: StandIn, follower: Follower) -> None:
    """A finished step has no preview."""
    step = sent(slow_server)
    turn_until(follower, lambda: not fresh(step).is_under_way)

    assert progress.preview_of(step.pk) is None


def test_a_lost_connection_loses_nothing(slow_server: StandIn, follower: Follower) -> None:
    """What happened meanwhile is asked for after the next connection."""
    step = sent(slow_server)
    turn_until(follower, lambda: step.alternatives.exists())
    slow_server.stop(keep_working=True)
    follower.turn()
    slow_server.wait_until_idle()
    slow_server.start()
    turn_until(follower, lambda: not fresh(step).is_under_way)

    assert step.alternatives.count() == 4


def test_a_server_that_is_away_is_told_and_waited_for(server: StandIn, follower: Follower) -> None:
    """The step stays as it is."""
    server.pause()
    step = sent(server)
    server.stop()
    follower.turn()

    assert "Nothing answers" in progress.heard_of(step.pk).message
    assert fresh(step).status == StepStatus.PROCESSING


def test_one_server_away_does_not_stop_the_others(server: StandIn, slow_server: StandIn, follower: Follower) -> None:
    """Each is watched by itself."""
    server.pause()
    sent(server)
    server.misbehave(unavailable=ALWAYS)
    step = sent(slow_server)
    turn_until(follower, lambda: not fresh(step).is_under_way)

    assert fresh(step).outcome == Outcome.AS_ASKED


def test_one_step_we_stumble_over_does_not_stop_the_others(slow_server: StandIn, follower: Follower) -> None:
    """Its row is beyond us; it stays, and is logged."""
    odd = sent(slow_server, seeds=(1,))
    GenerationStep.objects.filter(pk=odd.pk).update(parameters=[], correlation_id=None)
    step = sent(slow_server)
    turn_until(follower, lambda: not fresh(step).is_under_way)

    assert fresh(step).outcome == Outcome.AS_ASKED
    assert fresh(odd).status == StepStatus.PROCESSING


def test_what_is_due_is_nudged_once_in_a_while(follower: Follower, nudges: Nudges) -> None:
    """Between two sweeps the follower sees to it; a slow worker is not buried in nudges."""
    past = clock.now() - timedelta(seconds=1)
    step = StepFactory(lease_until=past)
    waiting = AlternativeFactory(image__next_retrieval_at=past).image
    follower.turn()
    follower.turn()

    assert asked(nudges, "submit_step").count(step.pk) == 1
    assert asked(nudges, "retrieve_photo").count(waiting.pk) == 1


def test_a_fault_of_the_database_does_not_end_it(follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so and goes on."""
    monkeypatch.setattr(GenerationStep.objects, "processing", _broken)
    monkeypatch.setattr("generation.running.follower.connection.close", lambda: None)

    assert follower._safe_turn() > 0


def test_it_gives_a_sign_of_life(follower: Follower) -> None:
    """The launcher restarts one that has gone silent."""
    assert not heartbeat.is_alive(clock.now())
    follower.turn()

    assert heartbeat.is_alive(clock.now())
    assert not heartbeat.is_alive(clock.now() + heartbeat.SILENCE)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_at_once_when_told(slow_server: StandIn, number: int) -> None:
    """Even while it waits for a server."""
    step = sent(slow_server, steps=200)
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    threading.Timer(1.0, os.kill, (os.getpid(), number)).start()
    try:
        call_command("follow")
    finally:
        for name, action in before.items():
            signal.signal(name, action)

    assert fresh(step).is_under_way
    assert progress.heard_of(step.pk).item == 1


def test_once_looks_at_everything_once(server: StandIn) -> None:
    """For scripts and for trying."""
    step = sent(server)
    server.wait_until_idle()
    call_command("follow", once=True)

    assert fresh(step).outcome == Outcome.AS_ASKED


def _broken() -> None:
    raise OperationalError


def test_recipes_reach_the_stand_in(server: StandIn) -> None:
    """The graphs are accepted and run as they are."""
    sdxl = next(model for model in server.models.records if (model["base"], model["type"]) == ("sdxl", "main"))
    recipe = recipe_for(server)
    step = sent(server, model=type(recipe.model).from_json(sdxl), seeds=(1,))
    server.wait_until_idle()
    call_command("follow", once=True)

    assert fresh(step).outcome == Outcome.AS_ASKED
