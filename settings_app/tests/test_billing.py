"""What was counted beside what RunPod billed."""

from datetime import timedelta

import pytest
from django.test import Client

from settings_app import tasks
from settings_app.models import ApplicationSettings
from settings_app.pods import billing, stopping
from settings_app.pods.choices import State
from settings_app.tests.machine import Machine


def test_a_session_gets_what_was_billed_for_it(lasting: Machine) -> None:
    """Two sessions of one pod within one hour share its record."""
    for _ in range(2):
        stopping.stop_now(lasting.ready())
        lasting.until(State.STOPPED)
    lasting.run(4 * 3600)

    assert billing.compare(lasting.runpod.clock.moment) == 2
    for session in lasting.sessions():
        assert float(session.billed_amount or 0) == pytest.approx(float(session.estimated_cost or 0), abs=1e-3)


def test_a_bill_that_says_more_is_kept_beside_what_was_counted(lasting: Machine) -> None:
    """Neither is bent to the other."""
    lasting.ready()
    lasting.run(2 * 3600)
    stopping.stop_now(lasting.pod)
    lasting.until(State.STOPPED)
    lasting.runpod.misbehave(billed_times="1.5")
    lasting.run(4 * 3600)
    billing.compare(lasting.runpod.clock.moment)

    session = lasting.sessions()[0]
    assert session.estimated_cost
    assert session.billed_amount
    assert float(session.billed_amount / session.estimated_cost) == pytest.approx(1.5, abs=0.01)


def test_what_has_just_ended_is_not_billed_yet(lasting: Machine) -> None:
    """The present hour is unfinished."""
    stopping.stop_now(lasting.ready())
    lasting.until(State.STOPPED)

    assert billing.compare(lasting.runpod.clock.moment + timedelta(minutes=5)) == 0


def test_without_a_key_nobody_is_asked(machine: Machine) -> None:
    """The schedule is quiet."""
    ApplicationSettings.objects.update(runpod_api_key=None)
    tasks.compare_bills()

    assert machine.runpod.asked("GET /v2/billing") == []


@pytest.mark.parametrize("table", ["pod", "podsession", "straypod", "rentalterms"])
def test_the_admin_shows_and_changes_nothing(machine: Machine, owner_client: Client, table: str) -> None:
    """And never a password or a key."""
    pod = machine.ready()
    page = owner_client.get(f"/admin/settings_app/{table}/")
    shown = owner_client.get(f"/admin/settings_app/pod/{pod.pk}/change/").content.decode()

    assert page.status_code == 200
    assert owner_client.post(f"/admin/settings_app/pod/{pod.pk}/change/", {"state": "gone"}).status_code == 403
    assert pod.account.password not in shown
    assert (
        machine.runpod.key not in owner_client.get("/admin/settings_app/applicationsettings/1/change/").content.decode()
    )
