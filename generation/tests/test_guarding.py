"""What stops a rented pod by itself, and what must not."""

from datetime import datetime, timedelta

import pytest

from generation.choices import StepStatus
from generation.models import GenerationStep
from generation.renting import guarding
from generation.tests.factories import StepFactory
from photos.choices import RetrievalStatus
from photos.models import Photo
from photos.tests.factories import PhotoFactory
from settings_app.models import Pod, RentalTerms
from settings_app.pods.choices import State
from settings_app.tests.machine import VOLUME, Machine

SERVER = f"runpod:volume:{VOLUME}"
IDLE = 30 * 60


def now(machine: Machine) -> datetime:
    return machine.runpod.clock.moment


def live(machine: Machine, minutes: int, *, every: int = 1) -> None:
    """Let so many minutes pass; the guard looks in each of them, or less often where that is as good."""
    for _ in range(0, minutes, every):
        machine.run(60 * every)
        guarding.guard(now(machine))


def test_a_pod_without_work_stops_after_the_idle_time(machine: Machine) -> None:
    """Not before, and it ends for good on a volume."""
    machine.ready()
    live(machine, 29)
    assert machine.state == State.READY

    live(machine, 5)
    machine.until(State.GONE)
    assert "idle for 30 min" in machine.pod.stop_word
    assert machine.runpod.world.costing() == []


@pytest.mark.parametrize("status", [StepStatus.PENDING, StepStatus.PROCESSING])
def test_a_step_under_way_keeps_it(machine: Machine, status: StepStatus) -> None:
    """Waiting or running."""
    machine.ready()
    StepFactory(server=SERVER, status=status)
    live(machine, 90, every=15)

    assert machine.state == State.READY


def test_the_idle_time_begins_when_the_last_work_ended(machine: Machine) -> None:
    """Even when the guard did not look in between."""
    machine.ready()
    machine.run(29 * 60)
    StepFactory(server=SERVER, status=StepStatus.COMPLETED, completed_at=now(machine))
    live(machine, 28)
    assert machine.state == State.READY

    live(machine, 6)
    assert machine.state != State.READY


def test_a_picture_that_is_not_fetched_keeps_it(machine: Machine) -> None:
    """However long; when it is here, the idle time begins."""
    machine.ready()
    photo = PhotoFactory(server=SERVER, retrieval_status=RetrievalStatus.PENDING)
    live(machine, 90, every=15)
    assert machine.state == State.READY

    Photo.objects.filter(pk=photo.pk).update(retrieval_status=RetrievalStatus.COMPLETED)
    live(machine, 35)
    assert machine.state in (State.DRAINING, State.TERMINATING, State.GONE)


def test_a_download_of_a_model_keeps_it(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """InvokeAI is asked before anything is stopped."""
    monkeypatch.setattr("clients.invokeai.models.Models.installing", lambda _models: 1)
    machine.ready()
    live(machine, 90, every=15)

    assert machine.state == State.READY


def test_somebody_at_invokeais_own_page_keeps_it(machine: Machine) -> None:
    """Its queue is asked, too."""
    machine.runpod.misbehave(queue_never_empties=True)
    machine.ready()
    live(machine, 90, every=15)

    assert machine.state == State.READY


def test_a_pod_that_cannot_be_asked_is_stopped_after_twice_the_idle_time(machine: Machine) -> None:
    """Silence is no reason to pay for ever."""
    machine.ready()
    machine.runpod.misbehave(slow_paths=("/queue/",))
    live(machine, 50, every=25)
    assert machine.state == State.READY

    live(machine, 15, every=15)
    assert machine.pod.stop_word


def test_the_longest_session_ends_even_with_work(machine: Machine) -> None:
    """Steps that wait go on waiting; the one that runs may finish, then it is cancelled."""
    RentalTerms.objects.update(longest_session_minutes=60)
    machine.ready()
    running = StepFactory(server=SERVER, status=StepStatus.PROCESSING)
    live(machine, 62)
    assert machine.state == State.DRAINING

    live(machine, 11)
    assert GenerationStep.objects.get(pk=running.pk).cancel_requested_at
    GenerationStep.objects.update(status=StepStatus.COMPLETED)
    machine.until(State.GONE)
    assert "longest session" in machine.pod.stop_word


def test_a_limit_does_not_stop_before_everything_is_fetched(machine: Machine) -> None:
    """Only the owner's own word does."""
    RentalTerms.objects.update(longest_session_minutes=60)
    machine.ready()
    PhotoFactory(server=SERVER, retrieval_status=RetrievalStatus.PENDING)
    live(machine, 80, every=20)

    assert machine.state == State.DRAINING


def test_others_work_does_not_hold_a_limit_for_ever(machine: Machine) -> None:
    """Nothing of ours is lost by stopping."""
    RentalTerms.objects.update(longest_session_minutes=60)
    machine.runpod.misbehave(queue_never_empties=True)
    machine.ready()
    live(machine, 85)

    assert machine.until(State.GONE)


@pytest.mark.parametrize("field", ["session_budget", "month_budget"])
def test_a_budget_stops_it(machine: Machine, field: str) -> None:
    """At $0.27 an hour a budget of $0.10 lasts 22 minutes."""
    RentalTerms.objects.update(**{field: "0.10"})
    machine.ready()
    live(machine, 25)

    assert "budget of $0.10" in machine.pod.stop_word
    machine.until(State.GONE)


def test_a_boot_that_eats_the_budget_is_stopped(machine: Machine) -> None:
    """Failed boots cost money, too."""
    RentalTerms.objects.update(session_budget="0.01")
    machine.runpod.misbehave(never_runs=True)
    machine.start()
    live(machine, 5)

    assert machine.until(State.GONE).trouble == ""


def test_a_night_asleep_is_no_work(machine: Machine) -> None:
    """The first look afterwards stops it: everything is in the database."""
    machine.ready()
    machine.runpod.clock.advance(hours=9)
    assert guarding.guard(now(machine))

    machine.until(State.GONE)


def test_a_clock_that_was_set_back_does_not_keep_it(machine: Machine) -> None:
    """What was noted in the future is noted anew."""
    machine.ready()
    Pod.objects.update(last_activity_at=now(machine) + timedelta(days=2))
    live(machine, 36)

    assert machine.state != State.READY


def test_a_dry_look_changes_nothing(machine: Machine) -> None:
    """It tells what it would do."""
    machine.ready()
    machine.runpod.clock.advance(hours=1)

    assert "idle" in guarding.guard(now(machine), is_dry=True)
    assert machine.state == State.READY


def test_without_a_pod_there_is_nothing_to_guard(db: None) -> None:
    """And nobody is asked."""
    assert guarding.guard(datetime.fromisoformat("2026-11-22T10:00:00+00:00")) == ""
