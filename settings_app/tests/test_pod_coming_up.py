"""A pod that does not become usable is ended, and says why."""

import pytest

from settings_app.pods import stopping
from settings_app.pods.choices import State, Trouble
from settings_app.tests.machine import VOLUME, Machine

AN_HOUR = 3600


@pytest.mark.parametrize(
    ("quirks", "trouble"),
    [
        ({"never_runs": True}, Trouble.BOOT_TIMEOUT),
        ({"proxy_down": True}, Trouble.BOOT_TIMEOUT),
        ({"fails": True}, Trouble.REMOTE_ERROR),
        ({"exits": True}, Trouble.BOOT_FAILED),
        ({"open_door": True}, Trouble.OPEN_DOOR),
        ({"stranger_is_admin": True}, Trouble.FOREIGN_ACCOUNT),
    ],
)
def test_a_pod_that_does_not_become_usable_is_ended(machine: Machine, quirks: dict, trouble: Trouble) -> None:
    """It costs from the request on, and that is counted."""
    machine.runpod.misbehave(**quirks)
    machine.start()
    machine.until(State.GONE)

    assert (machine.pod.trouble, bool(machine.pod.reason)) == (trouble, True)
    assert machine.runpod.world.costing() == []
    assert machine.is_honest()


@pytest.mark.parametrize("quirks", [{"never_runs": True}, {"fails": True}, {"stranger_is_admin": True}])
def test_a_disk_with_nothing_on_it_is_not_kept(lasting: Machine, quirks: dict) -> None:
    """It was never ready, so a sleeping pod would cost for nothing."""
    lasting.runpod.misbehave(**quirks)
    lasting.start()
    lasting.until(State.GONE)

    assert lasting.runpod.pods == []


@pytest.mark.parametrize("quirks", [{"never_runs": True}, {"fails": True}])
def test_the_log_of_a_failed_start_is_kept(machine: Machine, quirks: dict) -> None:
    """With the pod it would be gone."""
    machine.runpod.misbehave(**quirks)
    machine.start()

    assert "start container" in machine.until(State.GONE).boot_log


def test_should_the_first_boot_fail_we_come_first_all_the_same(machine: Machine) -> None:
    """Whoever comes first is administrator."""
    machine.runpod.misbehave(nobody_is_admin=True)
    pod = machine.ready()

    assert machine.runpod.invokeai(VOLUME).accounts.passwords == {pod.account.email: pod.account.password}


def test_an_error_of_a_lasting_pod_waits_for_the_owner(lasting: Machine) -> None:
    """It cannot be stopped, and deleting it would take the models: so it is said, and counted."""
    stopping.drain(lasting.ready())
    lasting.until(State.STOPPED)
    lasting.runpod.misbehave(fails=True)
    lasting.start()
    lasting.until(State.ERROR)
    lasting.run(AN_HOUR)
    assert lasting.state == State.ERROR
    assert lasting.is_honest()

    assert stopping.end(lasting.pod)
    lasting.until(State.GONE)
    assert lasting.runpod.world.costing() == []


def test_a_terminated_pod_that_still_answers_is_gone(machine: Machine) -> None:
    """Its state says it."""
    machine.runpod.misbehave(terminated_lingers=True)
    stopping.drain(machine.ready())

    assert machine.until(State.GONE)


def test_a_slow_stop_is_waited_for(lasting: Machine) -> None:
    """And not taken for one that failed."""
    lasting.runpod.misbehave(stop_slowly=25.0)
    stopping.drain(lasting.ready())
    lasting.until(State.STOPPED)

    assert lasting.is_honest()
