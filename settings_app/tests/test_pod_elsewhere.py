"""What happens to a pod without the gallery, and what cannot be known of it."""

from datetime import timedelta

import pytest

from clients.errors import RemoteRejected
from demo.runpod.quirks import ALWAYS
from settings_app import connections
from settings_app.models import ApplicationSettings, Pod, RateSegment
from settings_app.pods import metering, starting, stopping
from settings_app.pods.choices import State, Trouble
from settings_app.tests.machine import CREATE, Machine

AN_HOUR = 3600


def test_a_pod_stopped_elsewhere_is_noticed(machine: Machine) -> None:
    """On RunPod's own page; the meter ends where it was last seen running."""
    pod = machine.ready()
    machine.run(AN_HOUR)
    machine.runpod.world.stop(machine.runpod.world.pods[pod.pod_id])
    machine.until(State.STOPPED)

    assert machine.pod.trouble == Trouble.ENDED_ELSEWHERE
    assert machine.is_honest(within=0.01)


def test_a_pod_ended_elsewhere_is_noticed(machine: Machine) -> None:
    """A 404 from the right account."""
    pod = machine.ready()
    machine.run(AN_HOUR)
    machine.runpod.world.terminate(machine.runpod.world.pods[pod.pod_id])
    machine.until(State.GONE)

    assert machine.pod.trouble == Trouble.ENDED_ELSEWHERE
    assert machine.is_honest(within=0.01)


def test_a_pod_started_elsewhere_is_noticed_and_counted(lasting: Machine) -> None:
    """It costs, whoever started it."""
    stopping.drain(lasting.ready())
    pod = lasting.until(State.STOPPED)
    lasting.wait(AN_HOUR)
    lasting.runpod.world.start(lasting.runpod.world.pods[pod.pod_id])
    lasting.until(State.READY)

    assert lasting.is_honest(within=0.01)


def test_a_stopped_disposable_pod_is_replaced_by_the_next_start(machine: Machine) -> None:
    """RunPod stops pods when the balance is empty; everything worth keeping is on the volume."""
    old = machine.ready()
    machine.runpod.world.stop(machine.runpod.world.pods[old.pod_id])
    machine.until(State.STOPPED)
    new = machine.ready()
    machine.until_so(lambda: Pod.objects.get(pk=old.pk).state == State.GONE)

    assert [pod.id for pod in machine.runpod.pods] == [new.pod_id]


def test_with_another_accounts_key_a_pod_only_seems_gone(machine: Machine) -> None:
    """Not knowing is not stopped: it goes on costing, and no other is rented."""
    pod = machine.ready()
    ApplicationSettings.objects.update(runpod_api_key="rpa_other")
    machine.runpod.world.key = "rpa_other"
    hidden = machine.runpod.world.pods.pop(pod.pod_id)
    machine.run(600)

    assert "not the one it was rented with" in machine.pod.difficulty
    assert metering.current().rate == hidden.rate
    assert starting.start().pk == pod.pk


def test_a_lost_answer_is_not_looked_for_in_another_account(machine: Machine) -> None:
    """There it is not listed, which says nothing: no second one is rented."""
    machine.runpod.misbehave(lost_answers=1, only=CREATE)
    machine.start()
    machine.turn()
    ApplicationSettings.objects.update(runpod_api_key="rpa_other")
    machine.runpod.world.key = "rpa_other"
    machine.runpod.world.pods.clear()
    machine.run(600)

    assert (machine.state, machine.creates()) == (State.CREATING, 1)
    assert "not the one it was rented with" in machine.pod.difficulty


@pytest.mark.parametrize("is_stopping", [False, True])
def test_a_pod_of_another_account_is_forgotten_on_the_owners_word(machine: Machine, is_stopping: bool) -> None:
    """Else nothing could ever be rented again; what it cost is counted until it was last seen."""
    pod = machine.ready()
    seen_at = RateSegment.objects.get().last_seen_at
    machine.runpod.world.key = "rpa_other"
    ApplicationSettings.objects.update(runpod_api_key="rpa_other")
    assert not stopping.forget(machine.pod)
    machine.runpod.world.terminate(machine.runpod.world.pods[pod.pod_id])
    if is_stopping:
        stopping.stop_now(machine.pod)
    machine.run(600)

    assert stopping.forget(machine.pod)
    assert machine.state == State.GONE
    assert machine.sessions()[0].ended_at == seen_at
    assert starting.start().pk != pod.pk


def test_a_word_that_is_new_goes_on_costing_and_is_told(machine: Machine) -> None:
    """RunPod's list of states can grow."""
    machine.ready()
    machine.runpod.misbehave(status_word="HIBERNATING")
    machine.until(State.UNKNOWN)
    machine.run(600)
    assert "HIBERNATING" in machine.pod.difficulty
    assert machine.is_honest()

    machine.runpod.behave()
    assert machine.until(State.READY)


def test_when_invokeai_falls_silent_no_other_pod_is_rented(machine: Machine) -> None:
    """It is waited for in the same one."""
    machine.ready()
    machine.runpod.misbehave(proxy_down=True)
    machine.until(State.BOOTING)
    machine.runpod.behave()
    machine.until(State.READY)

    assert machine.creates() == 1


def test_when_only_runpods_api_is_silent_the_pod_goes_on_working(machine: Machine) -> None:
    """InvokeAI answers by another way."""
    pod = machine.ready()
    machine.runpod.misbehave(faults=ALWAYS)
    machine.run(900)

    assert machine.state == State.READY
    assert "fault" in machine.pod.difficulty
    with connections.invokeai_for(pod.server) as client:
        assert client.queue.status().pending == 0


def test_a_clock_set_back_stops_nothing(machine: Machine) -> None:
    """Leases and turns written in the future count as passed."""
    machine.ready()
    machine.runpod.clock.advance(hours=-5)
    due = Pod.objects.due(now=machine.runpod.clock.moment)
    assert due.exists()
    Pod.objects.update(lease_until=machine.runpod.clock.moment + timedelta(hours=5))

    assert due.exists()


def test_a_pod_that_ended_for_good_refuses_what_is_sent_there(lasting: Machine) -> None:
    """Its disk is gone, and nothing will bring it back."""
    pod = lasting.ready()
    stopping.end(pod)
    lasting.until(State.GONE)

    with pytest.raises(RemoteRejected, match="gone"):
        connections.invokeai_for(pod.server)
