"""What RunPod charged an hour is shared among the sessions that had a part in it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from clients.runpod import BillingRecord
from settings_app.models import Pod, PodSession, RateSegment
from settings_app.pods import billing, stopping
from settings_app.pods.choices import State
from settings_app.tests.factories import PodFactory
from settings_app.tests.machine import Machine

T0 = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def pod(db: None) -> Pod:
    return PodFactory(pod_id="pod1", state=State.STOPPED, lasting=True)


def session(pod: Pod, began: datetime, lasts: timedelta) -> PodSession:
    ended = began + lasts
    made = PodSession.objects.create(pod=pod, runpod_id=pod.pod_id, began_at=began, ended_at=ended)
    RateSegment.objects.create(session=made, rate=Decimal("0.60"), began_at=began, last_seen_at=ended, ended_at=ended)
    return made


def charged(total: str, *, hour: int = 0, disk: str = "0", pod_id: str = "pod1") -> BillingRecord:
    began, amount = T0 + timedelta(hours=hour), Decimal(total)
    gpu = amount - Decimal(disk)
    return BillingRecord(pod_id, began, began + timedelta(hours=1), amount, gpu=gpu, disk=Decimal(disk))


def test_a_session_is_charged_the_hours_it_touches(pod: Pod) -> None:
    """Without the disk, which the meter does not count."""
    one = session(pod, T0 + 30 * MINUTE, 60 * MINUTE)

    assert billing.shares([charged("0.33", disk="0.02"), charged("0.30", hour=1)], [one]) == {one.pk: Decimal("0.61")}


def test_an_hour_of_two_sessions_is_shared_by_what_each_was_counted_at(pod: Pod) -> None:
    """Ten minutes and twenty."""
    first, second = session(pod, T0, 10 * MINUTE), session(pod, T0 + 30 * MINUTE, 20 * MINUTE)

    found = billing.shares([charged("0.36")], [first, second])
    assert (round(found[first.pk], 6), round(found[second.pk], 6)) == (Decimal("0.12"), Decimal("0.24"))


def test_what_was_charged_after_the_last_look_belongs_to_the_session_before_it(pod: Pod) -> None:
    """The pod ended unseen; here the difference shows."""
    one = session(pod, T0, 10 * MINUTE)

    assert billing.shares([charged("0.10"), charged("0.60", hour=1)], [one]) == {one.pk: Decimal("0.70")}


def test_what_other_pods_were_charged_is_not_ours(pod: Pod) -> None:
    """The account may have others."""
    assert billing.shares([charged("9", pod_id="other")], [session(pod, T0, MINUTE)]) == {}


def test_a_charge_is_asked_for_until_it_can_no_longer_change(machine: Machine) -> None:
    """Not before the hour is over, and not for ever."""
    stopping.stop_now(machine.ready())
    machine.until(State.GONE)
    assert billing.compare() == 0

    machine.wait(3 * 3600)
    assert billing.compare() == 1
    assert float(PodSession.objects.get().billed_amount) == pytest.approx(machine.billed(), abs=1e-5)

    machine.wait(4 * 24 * 3600)
    assert billing.compare() == 0
