"""The commands around a rented pod call what its page calls."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from settings_app.models import ApplicationSettings, Pod
from settings_app.pods.choices import State
from settings_app.tests.machine import Machine


def told(*words: str, **options: object) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_a_dry_start_tells_the_price_and_rents_nothing(machine: Machine) -> None:
    """As the question in the browser."""
    assert "RTX A5000 at $0.27/h" in told("pod", "start", dry_run=True)
    assert not Pod.objects.exists()


def test_a_pod_is_started_looked_at_and_stopped(machine: Machine) -> None:
    """Stopped is said only when it is."""
    told("pod", "start")
    machine.until(State.READY)
    assert "$0.27/h" in told("pod", "status")
    assert "would be stopped" in told("pod", "stop", dry_run=True)
    assert machine.state == State.READY

    told("pod", "stop")
    machine.until(State.GONE)
    assert "No pod is rented" in told("pod", "status")


def test_what_cannot_be_started_is_an_error(machine: Machine) -> None:
    """With the sentence the page shows."""
    ApplicationSettings.objects.update(runpod_api_key=None)

    with pytest.raises(CommandError, match="API key"):
        told("pod", "start")


def test_an_idle_pod_is_stopped(machine: Machine) -> None:
    """Dry, it is only told."""
    machine.ready()
    assert "Nothing" in told("stop_idle_pod")
    machine.runpod.clock.advance(hours=1)
    assert "idle" in told("stop_idle_pod", dry_run=True)
    assert machine.state == State.READY

    told("stop_idle_pod")
    assert machine.state == State.DRAINING


def test_the_cost_is_written_into_the_settings(machine: Machine) -> None:
    """Computed anew, so that it may be run at any time."""
    machine.ready()
    machine.run(3600)
    ApplicationSettings.objects.update(current_session_cost=0)
    assert "at $0.27" in told("accrue_cost", dry_run=True)
    assert ApplicationSettings.load().current_session_cost == 0

    told("accrue_cost")
    told("accrue_cost")
    assert float(ApplicationSettings.load().current_session_cost) == pytest.approx(machine.metered(), abs=1e-3)
