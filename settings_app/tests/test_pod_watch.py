"""The watch in the pod, over the stand-in: the gallery is heard, and when it falls silent the pod ends itself."""

import pytest

from settings_app.pods import stopping
from settings_app.pods.choices import State
from settings_app.tests.machine import Machine

AN_HOUR = 3600


def test_a_pod_that_hears_the_gallery_goes_on(machine: Machine) -> None:
    """Every five minutes, which has nothing to do with its work."""
    machine.ready()
    machine.run(2 * AN_HOUR)

    assert machine.state == State.READY
    assert machine.pod.heard_at == machine.pod.beat_at


@pytest.mark.parametrize("kind", ["machine", "lasting"])
def test_when_the_gallery_dies_the_pod_ends_itself(request: pytest.FixtureRequest, kind: str) -> None:
    """After an hour without a sign of life, rather than when its longest session is over."""
    machine: Machine = request.getfixturevalue(kind)
    machine.ready()
    machine.run(600)
    machine.wait(8 * AN_HOUR)

    assert machine.runpod.world.costing() == []
    assert machine.billed() < 1.25 * 0.27
    machine.run(120)
    assert machine.state == (State.GONE if kind == "machine" else State.STOPPED)


def test_a_pod_whose_watch_cannot_be_reached_goes_on_until_its_longest_time(machine: Machine) -> None:
    """Nothing is wrong with InvokeAI, so nothing is said."""
    machine.runpod.misbehave(watch_down=True)
    machine.ready()
    machine.run(AN_HOUR)
    assert (machine.state, machine.pod.difficulty, machine.pod.heard_at) == (State.READY, "", None)

    machine.wait(9 * AN_HOUR)
    assert machine.runpod.world.costing() == []


def test_the_word_is_in_no_log(machine: Machine, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever has it could keep a pod awake."""
    from settings_app.pods import first_boot

    machine.runpod.misbehave(watch_down=True)
    pod = machine.ready()
    machine.run(600)

    assert first_boot.word_for(pod.account) not in caplog.text


def test_a_woken_pod_is_heard_anew(lasting: Machine) -> None:
    """Its watch has forgotten what it heard before."""
    stopping.drain(lasting.ready())
    asleep = lasting.until(State.STOPPED)
    assert asleep.heard_at is None
    lasting.ready()
    lasting.run(60)

    assert lasting.pod.heard_at
