"""Turns are asked for when they are due, each once, and what shows the cost keeps up."""

import pytest

from lib import clock
from settings_app import tasks
from settings_app.models import ApplicationSettings, Pod
from settings_app.pods import driving, stopping
from settings_app.pods.choices import State
from settings_app.tests.machine import Machine


@pytest.fixture
def asked(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What workers were asked for."""
    names: list[str] = []
    monkeypatch.setattr("lib.queue.async_task", lambda name, *_: names.append(name.rpartition(".")[2]))
    return names


def test_a_turn_that_is_due_is_asked_for_once(machine: Machine, asked: list[str]) -> None:
    """The follower looks every second; a lost message is asked for again in a while."""
    machine.start()
    asked.clear()
    machine.wait(1)
    nudges = [driving.nudge_due() for _ in range(3)]
    machine.wait(11)

    assert [*nudges, driving.nudge_due()] == [1, 0, 0, 1]
    assert asked == ["drive_pod", "drive_pod"]


def test_a_ready_pod_is_looked_at_seldom(machine: Machine, asked: list[str]) -> None:
    """Every half minute, by turns at RunPod and at InvokeAI."""
    machine.ready()
    before = len(machine.runpod.world.journal)
    machine.run(600)

    assert 8 <= len(machine.runpod.world.journal) - before <= 20


def test_a_step_that_is_due_at_once_follows_by_itself(machine: Machine, asked: list[str]) -> None:
    """Nobody waits for a minute between two steps that belong together."""
    machine.start()
    pod = machine.until(State.STARTING)
    machine.wait(30)
    asked.clear()
    tasks.drive_pod(str(pod.pk))

    assert (machine.state, asked) == (State.BOOTING, ["drive_pod"])


def test_the_minutes_task_drives_and_shows_the_cost(machine: Machine, asked: list[str]) -> None:
    """Even when the follower is away."""
    machine.ready()
    machine.wait(3600)
    asked.clear()
    tasks.drive_pods()

    assert asked == ["drive_pod"]
    assert float(ApplicationSettings.load().current_session_cost) == pytest.approx(machine.billed(), abs=1e-3)


def test_the_shown_cost_ends_with_the_session(machine: Machine) -> None:
    """Not a minute later."""
    stopping.stop_now(machine.ready())
    machine.until(State.GONE)

    assert ApplicationSettings.load().current_session_start is None


@pytest.mark.parametrize("task", [tasks.reconcile_pods, tasks.refresh_catalogue])
def test_without_a_key_nobody_is_asked(machine: Machine, task: object) -> None:
    """Most galleries rent nothing."""
    ApplicationSettings.objects.update(runpod_api_key=None)
    task()

    assert machine.runpod.world.journal == []


@pytest.mark.parametrize("task", [tasks.reconcile_pods, tasks.refresh_catalogue])
def test_a_runpod_that_is_away_is_asked_another_time(machine: Machine, task: object) -> None:
    """No task fails for it."""
    machine.runpod.misbehave(faults=1)
    task()
    task()

    assert [call.status for call in machine.runpod.world.journal] == [500, 200]


def test_a_task_for_a_pod_that_is_gone_is_quiet(machine: Machine) -> None:
    """A message may come late, or twice."""
    pod = machine.start()
    Pod.objects.update(state=State.GONE, ended_at=clock.now())
    tasks.drive_pod(str(pod.pk))

    assert machine.runpod.world.journal == []
