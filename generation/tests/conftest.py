"""A stand-in InvokeAI, steps meant for it, and a record of what workers were asked to do."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from pytest_django import Settings

from clients.invokeai import InvokeAI
from demo.runpod.running import FakeRunPod
from demo.standin.backend import Pace
from demo.standin.running import StandIn
from generation.choices import StepStatus
from generation.models import GenerationStep
from generation.recipes.recipe import ModelChoice, Recipe
from generation.running.submitting import submit
from generation.tests.factories import StepFactory, make_recipe
from lib import clock
from photos.models import Photo
from settings_app.models import ApplicationSettings, RentalTerms
from settings_app.tests.machine import VOLUME, Machine

Nudges = list[tuple[str, str]]


@pytest.fixture
def nudges(monkeypatch: pytest.MonkeyPatch) -> Nudges:
    """What was asked of workers: the task's last name and its id."""
    asked: Nudges = []
    monkeypatch.setattr("lib.queue.async_task", lambda name, pk="": asked.append((name.rpartition(".")[2], pk)))
    return asked


@pytest.fixture
def server() -> Iterator[StandIn]:
    """A server that works at once."""
    with StandIn() as running:
        yield running


@pytest.fixture
def slow_server() -> Iterator[StandIn]:
    """A server that takes about a fifth of a second for each picture."""
    with StandIn(pace=Pace(seconds_per_step=0.1)) as running:
        yield running


@pytest.fixture
def client(server: StandIn) -> Iterator[InvokeAI]:
    """A client of the quick server."""
    with InvokeAI(server.url) as connected:
        yield connected


@pytest.fixture(autouse=True)
def empty_cache(request: pytest.FixtureRequest) -> None:
    """Nothing heard in an earlier test is heard again."""
    database = next((name for name in ("transactional_db", "db") if name in request.fixturenames), None)
    if database:
        request.getfixturevalue(database)
        cache.clear()


def recipe_for(server: StandIn, **changes: Any) -> Recipe:
    """Return a recipe for the server's own model; small, so that it is quick."""
    record = next(model for model in server.models.records if model["type"] == "main" and model["base"] == "sd-1")
    return make_recipe(**{"model": ModelChoice.from_json(record), "width": 64, "height": 64, "steps": 2, **changes})


def claimed(server: StandIn, **changes: Any) -> GenerationStep:
    """Return a step for the server that a worker has just claimed."""
    step = StepFactory(server=server.url, recipe=recipe_for(server, **changes))
    found = GenerationStep.objects.claim(step.pk, now=clock.now())
    assert found
    return found


def sent(server: StandIn, **changes: Any) -> GenerationStep:
    """Return a step that the server has."""
    step = claimed(server, **changes)
    submit(step)
    step.refresh_from_db()
    assert step.status == StepStatus.PROCESSING
    return step


def fresh(step: GenerationStep) -> GenerationStep:
    """Read a step anew."""
    return GenerationStep.objects.get(pk=step.pk)


def made_with(photo: Photo) -> Any:
    """Return the seed a picture was made with."""
    return (photo.generation_params or {}).get("seed")


def asked(nudges: Nudges, task: str) -> list[UUID]:
    """Return the ids that a task was asked to look at."""
    return [UUID(pk) for name, pk in nudges if name == task]


MoveClock = Callable[..., None]


@pytest.fixture
def move_clock(monkeypatch: pytest.MonkeyPatch) -> MoveClock:
    """Let time pass, as in ``move_clock(minutes=5)``; it goes on from there."""
    from datetime import timedelta

    real = clock.now
    passed = timedelta()

    def move(**units: float) -> None:
        nonlocal passed
        passed += timedelta(**units)
        monkeypatch.setattr(clock, "now", lambda: real() + passed)

    return move


@pytest.fixture
def machine(db: None, settings: Settings, nudges: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """RunPod with a clock that is set, and InvokeAI in its pods."""
    with FakeRunPod() as runpod:
        monkeypatch.setattr("lib.clock.now", runpod.clock)
        runpod.world.add_volume(VOLUME)
        settings.RUNPOD_API_BASE, settings.RUNPOD_PROXY_TEMPLATE = runpod.url, runpod.proxy_template
        ApplicationSettings.load()
        ApplicationSettings.objects.update(runpod_api_key=runpod.key, backend_mode="remote")
        RentalTerms.load()
        RentalTerms.objects.update(network_volume_id=VOLUME, image="example/invokeai:1")
        cache.clear()
        yield Machine(runpod)
