"""The meter over the stand-in, whose true bill is known."""

import pytest

from demo.runpod.quirks import ALWAYS
from settings_app.models import PodSession, RateSegment
from settings_app.pods import stopping
from settings_app.pods.choices import State
from settings_app.tests.machine import Machine

AN_HOUR = 3600


def test_a_night_of_silence_is_counted_as_what_it_was(machine: Machine) -> None:
    """The gallery was off; the pod was not."""
    machine.ready()
    machine.wait(7 * AN_HOUR)
    machine.run(120)

    assert machine.is_honest()


def test_a_pod_that_ended_while_the_gallery_was_off_costs_until_it_was_last_seen(machine: Machine) -> None:
    """The bill will say more."""
    pod = machine.ready()
    machine.run(600)
    machine.wait(1)
    machine.runpod.world.terminate(machine.runpod.world.pods[pod.pod_id])
    machine.wait(9 * AN_HOUR)
    machine.until(State.GONE)

    assert machine.is_honest(within=0.01)


def test_what_answers_from_inside_a_pod_is_counted_though_runpod_is_silent(machine: Machine) -> None:
    """It certainly runs; should it end then, it is charged until that word."""
    pod = machine.ready()
    machine.runpod.misbehave(faults=ALWAYS)
    machine.run(1800)
    machine.runpod.world.terminate(machine.runpod.world.pods[pod.pod_id])
    machine.runpod.behave()
    machine.until(State.GONE)

    assert machine.is_honest(within=0.01)
    assert machine.metered() > 0.4 * 0.27


@pytest.mark.parametrize("quirks", [{"stopped_cost": "0.72"}, {"cost_missing": True}, {"cost_zero": True}])
def test_strange_prices_do_not_fool_the_meter(lasting: Machine, quirks: dict) -> None:
    """The state decides whether it costs; a missing price is the last good one."""
    pod = lasting.ready()
    lasting.runpod.misbehave(**quirks)
    lasting.run(AN_HOUR)
    stopping.drain(pod)
    lasting.until(State.STOPPED)
    lasting.run(AN_HOUR)

    assert lasting.is_honest()


def test_a_rate_that_changes_in_mid_session_is_followed(machine: Machine) -> None:
    """From the next look on."""
    pod = machine.ready()
    machine.run(AN_HOUR)
    machine.runpod.world.change_price(machine.runpod.world.pods[pod.pod_id], "0.99")
    machine.run(AN_HOUR)

    assert RateSegment.objects.count() == 2
    assert machine.is_honest(within=0.02)


def test_a_finished_session_goes_into_the_history(machine: Machine) -> None:
    """With pod, card, seconds and cost."""
    pod = machine.ready()
    machine.run(AN_HOUR)
    stopping.drain(pod)
    machine.until(State.GONE)

    session = PodSession.objects.get()
    assert (session.runpod_id, session.gpu_type) == (pod.pod_id, "NVIDIA RTX A5000")
    assert float(session.estimated_cost) == pytest.approx(machine.billed(), abs=0.003)
    assert session.began_at < session.ready_at < session.ended_at
