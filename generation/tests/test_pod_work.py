"""Steps on a rented pod: they wait for it, go through its proxy, and come home before it stops."""

from collections.abc import Iterator
from threading import Event
from time import monotonic

import pytest
from django.core.cache import cache
from pytest_django import Settings

from clients.errors import RemoteError
from demo.runpod.running import FakeRunPod
from demo.standin.running import StandIn
from generation import tasks
from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep
from generation.renting.work import load_on
from generation.running.follower import Follower
from generation.tests.conftest import recipe_for
from generation.tests.factories import StepFactory
from photos.choices import RetrievalStatus
from photos.models import Photo
from settings_app.models import ApplicationSettings, RentalTerms
from settings_app.pods import stopping
from settings_app.pods.choices import State
from settings_app.pods.work import Load
from settings_app.tests.machine import VOLUME, Machine

PATIENCE = 60.0
SERVER = f"runpod:volume:{VOLUME}"


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


def asked_for(machine: Machine, server: str = SERVER) -> GenerationStep:
    """Return a step for InvokeAI in the pod."""
    return StepFactory(server=server, recipe=recipe_for(machine.runpod.invokeai(VOLUME)))


def send(machine: Machine, step: GenerationStep) -> GenerationStep:
    machine.wait(90)
    tasks.submit_step(str(step.pk))
    step.refresh_from_db()
    return step


def follow(*steps: GenerationStep) -> None:
    """Let a follower go on until the steps have ended."""
    follower = Follower(Event())
    try:
        turn_until_ended(follower, *steps)
    finally:
        follower.close()


def turn_until_ended(follower: Follower, *steps: GenerationStep) -> None:
    until = monotonic() + PATIENCE
    while GenerationStep.objects.filter(pk__in=[step.pk for step in steps]).processing().exists():
        assert monotonic() < until, "it never ended"
        Event().wait(min(follower.turn(), 0.1))


def test_a_step_waits_for_the_pod_and_is_sent_when_it_is_ready(machine: Machine, nudges: list) -> None:
    """Nothing fails while it sleeps and boots."""
    step = send(machine, asked_for(machine))
    assert (step.status, "sleeps" in (step.error_message or "")) == (StepStatus.PENDING, True)

    nudges.clear()
    machine.ready()
    assert ("submit_step", str(step.pk)) in nudges
    assert send(machine, step).status == StepStatus.PROCESSING


def test_a_step_comes_home_through_the_proxy(machine: Machine) -> None:
    """Followed by asking, since the proxy passes no events; every byte is fetched."""
    machine.ready()
    step = send(machine, asked_for(machine))
    follow(step)
    for photo in Photo.objects.filter(server=SERVER):
        tasks.retrieve_photo(str(photo.pk))

    step.refresh_from_db()
    assert (step.status, step.images_retrieved) == (StepStatus.COMPLETED, step.batch_size)


def test_one_follower_follows_a_pod_and_a_server_at_home(machine: Machine) -> None:
    """Each step stays with the server it was sent to, whatever is in use."""
    machine.ready()
    with StandIn() as home:
        there, here = asked_for(machine), StepFactory(server=home.url, recipe=recipe_for(home))
        ApplicationSettings.objects.update(backend_mode="local", local_backend_url=home.url)
        send(machine, there)
        send(machine, here)
        follow(there, here)

    done = GenerationStep.objects.filter(status=StepStatus.COMPLETED)
    assert {step.server for step in done} == {SERVER, home.url}


def test_what_was_not_fetched_comes_from_the_next_pod_on_the_volume(machine: Machine) -> None:
    """The address is another; the identity is not."""
    machine.ready()
    step = send(machine, asked_for(machine))
    follow(step)
    stopping.stop_now(machine.pod)
    machine.until(State.GONE)
    photo = Photo.objects.filter(server=SERVER)[0]
    tasks.retrieve_photo(str(photo.pk))
    photo.refresh_from_db()
    assert photo.retrieval_status == RetrievalStatus.PENDING

    machine.ready()
    machine.wait(3600)
    tasks.retrieve_photo(str(photo.pk))
    photo.refresh_from_db()
    assert photo.retrieval_status == RetrievalStatus.COMPLETED


def test_a_follower_finds_the_next_pod_by_itself(machine: Machine) -> None:
    """It holds no address of the pod before."""
    first = machine.ready()
    step = send(machine, asked_for(machine))
    follower = Follower(Event())
    machine.runpod.world.terminate(machine.runpod.world.pods[first.pod_id])
    follower.turn()
    machine.until(State.GONE)
    machine.ready()
    try:
        turn_until_ended(follower, step)
    finally:
        follower.close()

    step.refresh_from_db()
    assert step.status == StepStatus.COMPLETED


def test_the_pod_is_not_stopped_before_its_pictures_are_here(machine: Machine) -> None:
    """Draining waits for them, however long it takes."""
    machine.ready()
    step = send(machine, asked_for(machine))
    follow(step)
    assert load_on(SERVER) == Load(waiting=0, running=0, unfetched=step.batch_size)
    stopping.drain(machine.pod)
    machine.run(600)
    assert machine.state == State.DRAINING

    for photo in Photo.objects.filter(server=SERVER):
        tasks.retrieve_photo(str(photo.pk))
    machine.until(State.GONE)


def test_a_draining_pod_is_sent_nothing(machine: Machine) -> None:
    """The step waits for the next one."""
    machine.ready()
    stopping.drain(machine.pod)
    step = send(machine, asked_for(machine))

    assert (step.status, machine.runpod.invokeai(VOLUME).queue.items) == (StepStatus.PENDING, {})


def test_work_on_a_pod_that_ended_with_its_disk_is_said_to_be_lost(machine: Machine) -> None:
    """It would be waited for in vain."""
    RentalTerms.objects.update(network_volume_id="")
    pod = machine.ready()
    step = asked_for(machine, pod.server)
    send(machine, step)
    stopping.end(pod)
    machine.until(State.GONE)
    follow(step)

    step.refresh_from_db()
    assert (step.status, step.outcome) == (StepStatus.FAILED, Outcome.LOST)
    assert "disk" in step.error_message


def test_sending_counts_as_activity(machine: Machine) -> None:
    """By which the idle time is counted."""
    before = machine.ready().last_activity_at
    send(machine, asked_for(machine))

    assert machine.pod.last_activity_at > before


def test_models_of_a_pod_are_read_when_it_is_ready(machine: Machine, nudges: list) -> None:
    """So the form has something to offer."""
    machine.ready()

    assert any(name == "sync_models" for name, *_ in nudges)


def test_a_pod_that_sleeps_is_an_absence_for_the_catalogue(machine: Machine) -> None:
    """What it knows stays."""
    from models_catalog import syncing

    with pytest.raises(RemoteError, match="sleeps"):
        syncing.sync_current()
