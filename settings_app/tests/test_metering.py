"""The meter equals the integral of the rate over the billed time, whatever happens in between."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.runpod import RemotePod
from settings_app.models import ApplicationSettings
from settings_app.pods import metering
from settings_app.pods.models import Pod, PodSession, RateSegment, RentalTerms
from settings_app.tests.factories import PodFactory

T0 = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RUNNING = RemotePod(id="pod1", name="gallery-1", status="RUNNING", cost=Decimal("0.27"), created_at=T0)
EXITED = replace(RUNNING, status="EXITED", cost=Decimal("0.72"))
RATES = st.decimals("0.01", "9.99", places=4)
GAPS = st.integers(min_value=0, max_value=4 * 3600 * 10**6)


def segment(rate: str, began: datetime, ended: datetime | None = None) -> RateSegment:
    return RateSegment(rate=Decimal(rate), began_at=began, last_seen_at=began, ended_at=ended)


@pytest.fixture
def pod(db: None) -> Pod:
    return PodFactory(rented=True, created_at=T0, create_sent_at=T0)


def test_an_open_segment_grows_with_the_time() -> None:
    """Two and a half hours at 0.20."""
    assert metering.cost_of([segment("0.20", T0)], T0 + timedelta(hours=2.5)) == Decimal("0.5")


def test_ten_seconds_are_not_rounded_away() -> None:
    """0.16 an hour for ten seconds is a twentieth of a cent, again and again."""
    pieces = [segment("0.16", T0 + n * 10 * MINUTE, T0 + n * 10 * MINUTE + timedelta(seconds=10)) for n in range(360)]

    assert metering.quantised(metering.cost_of(pieces, T0)) == Decimal("0.1600")


def test_a_clock_set_back_costs_nothing() -> None:
    """It makes no negative time either."""
    assert metering.cost_of([segment("0.20", T0)], T0 - timedelta(days=1)) == 0


@given(st.lists(st.tuples(GAPS, RATES, GAPS), max_size=20), GAPS)
def test_the_cost_is_the_integral_of_the_rate(parts: list[tuple[int, Decimal, int]], later: int) -> None:
    """For any number of stretches with rests between them, the last one still open."""
    began, segments, expected = T0, [], Fraction(0)
    for rest, rate, lasts in parts:
        began += timedelta(microseconds=rest)
        ended = began + timedelta(microseconds=lasts)
        segments.append(segment(str(rate), began, ended))
        expected += Fraction(rate) * lasts
        began = ended
    if segments:
        segments[-1].ended_at = None
        expected += Fraction(segments[-1].rate) * later
    now = began + timedelta(microseconds=later)

    exact = expected / (3600 * 10**6)
    assert abs(Fraction(metering.cost_of(segments, now)) - exact) < Fraction(1, 10**20)


@given(st.lists(st.tuples(GAPS, RATES, GAPS), max_size=12), GAPS)
def test_parts_of_the_time_add_up_to_the_whole(parts: list[tuple[int, Decimal, int]], cut: int) -> None:
    """However a month is cut in two."""
    began, segments = T0, []
    for rest, rate, lasts in parts:
        began += timedelta(microseconds=rest)
        segments.append(segment(str(rate), began, began + timedelta(microseconds=lasts)))
        began += timedelta(microseconds=lasts)
    middle = min(T0 + timedelta(microseconds=cut), began)

    parts_cost = metering.cost_between(segments, T0, middle) + metering.cost_between(segments, middle, began)
    assert abs(parts_cost - metering.cost_of(segments, began)) < Decimal("1e-18")


# A pod's true life: what it costs, or that it rests, and for how long; looked at whenever that changes.
LIVES = st.lists(st.tuples(st.one_of(st.none(), RATES), st.integers(1, 10**4), st.integers(0, 3)), max_size=10)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LIVES)
@pytest.mark.django_db
def test_the_meter_equals_the_integral_for_any_life(life: list[tuple[Decimal | None, int, int]]) -> None:
    """Rates change, the pod rests and wakes, is looked at often or seldom, by two workers at once."""
    PodSession.objects.all().delete()
    Pod.objects.all().delete()
    pod = PodFactory(rented=True, lasting=True, created_at=T0, create_sent_at=T0)
    now, expected, is_known = T0, Fraction(0), False
    for rate, seconds, looks in life:
        started = now if rate is not None and not is_known else None
        seen = RemotePod(id="p", name="n", status="RUNNING" if rate else "EXITED", cost=rate, started_at=started)
        _look(pod, seen, now, times=2)
        for n in range(looks):
            _look(pod, seen, now + timedelta(seconds=seconds) * n / (looks + 1), times=1)
        now += timedelta(seconds=seconds)
        _look(pod, seen, now, times=1)
        expected += Fraction(rate or 0) * seconds / 3600
        is_known = rate is not None

    segments = RateSegment.objects.filter(session__pod=pod)
    assert abs(Fraction(metering.cost_of(segments, now)) - expected) < Fraction(1, 10**12)


def _look(pod: Pod, seen: RemotePod, now: datetime, *, times: int) -> None:
    for _ in range(times):
        metering.note(pod, seen, now)


def test_money_runs_from_the_moment_the_request_was_accepted(pod: Pod) -> None:
    """Not from readiness."""
    metering.note(pod, replace(RUNNING, status="PROVISIONING", created_at=T0 + timedelta(seconds=2)), T0 + MINUTE)

    meter = metering.current(T0 + timedelta(seconds=2, hours=1))
    assert (meter.began_at, meter.cost) == (T0 + timedelta(seconds=2), Decimal("0.27"))


@pytest.mark.parametrize("told", [T0 - timedelta(days=3), T0 + timedelta(days=3), None])
def test_a_beginning_that_cannot_be_is_kept_within_what_is_known(pod: Pod, told: datetime | None) -> None:
    """Between asking and now."""
    metering.note(pod, replace(RUNNING, created_at=told), T0 + MINUTE)

    session = PodSession.objects.get()
    assert T0 <= session.began_at <= T0 + MINUTE


def test_a_price_of_a_stopped_pod_costs_nothing(pod: Pod) -> None:
    """RunPod was seen to tell one."""
    metering.note(pod, EXITED, T0 + MINUTE)

    assert metering.current(T0 + timedelta(hours=5)) == metering.IDLE


def test_a_pod_that_ended_unseen_is_charged_until_it_was_last_seen(pod: Pod) -> None:
    """Nobody can say more; the bill will."""
    metering.note(pod, RUNNING, T0)
    metering.note(pod, RUNNING, T0 + 30 * MINUTE)
    metering.note(pod, EXITED, T0 + timedelta(hours=9))

    session = PodSession.objects.get()
    assert session.ended_at == T0 + 30 * MINUTE
    assert session.seconds == 1800
    assert session.estimated_cost == Decimal("0.135")


def test_a_pod_that_cannot_be_asked_goes_on_costing(pod: Pod) -> None:
    """Not knowing is not stopped."""
    metering.note(pod, RUNNING, T0)

    assert metering.current(T0 + timedelta(hours=2)).cost == Decimal("0.54")


def test_a_changed_rate_counts_from_when_it_was_seen(pod: Pod) -> None:
    """The hours before stay as they were."""
    metering.note(pod, RUNNING, T0)
    metering.note(pod, replace(RUNNING, cost=Decimal("0.50")), T0 + timedelta(hours=1))

    assert metering.current(T0 + timedelta(hours=2)).cost == Decimal("0.77")


@pytest.mark.parametrize("cost", [None, Decimal(0)])
def test_a_rate_that_is_not_told_is_the_last_good_one(pod: Pod, cost: Decimal | None) -> None:
    """And said to be an estimate."""
    pod.hourly_rate = Decimal("0.27")
    metering.note(pod, replace(RUNNING, cost=cost), T0)

    meter = metering.current(T0 + timedelta(hours=1))
    assert (meter.cost, meter.is_estimated) == (Decimal("0.27"), True)


def test_without_any_rate_the_catalogue_has_one(pod: Pod) -> None:
    """By card and cloud."""
    terms = RentalTerms.load()
    terms.catalogue = [{"id": pod.gpu_type, "prices": {"SECURE": "0.31", "COMMUNITY": "0.16"}}]
    terms.save()
    metering.note(pod, replace(RUNNING, cost=None), T0)

    assert metering.current(T0 + timedelta(hours=1)).cost == Decimal("0.31")


def test_two_workers_do_not_count_twice(pod: Pod) -> None:
    """The meter is computed, so saying it again changes nothing."""
    for _ in range(5):
        metering.note(pod, RUNNING, T0)

    assert RateSegment.objects.count() == 1
    assert metering.current(T0 + timedelta(hours=1)).cost == Decimal("0.27")


def test_a_clock_that_jumped_ahead_and_back_leaves_no_charge_for_tomorrow(pod: Pod) -> None:
    """The end is never later than now."""
    metering.note(pod, RUNNING, T0)
    metering.note(pod, RUNNING, T0 + timedelta(days=1))
    metering.note(pod, EXITED, T0 + MINUTE)

    assert PodSession.objects.get().seconds == 60


def test_a_pod_that_was_stopped_and_started_while_nobody_looked_makes_two_sessions(pod: Pod) -> None:
    """The rest between them is not charged."""
    metering.note(pod, replace(RUNNING, started_at=T0), T0 + MINUTE)
    metering.note(pod, replace(RUNNING, started_at=T0 + timedelta(hours=8)), T0 + timedelta(hours=9))

    assert [session.began_at for session in PodSession.objects.order_by("began_at")] == [T0, T0 + timedelta(hours=8)]
    assert metering.current(T0 + timedelta(hours=9)).cost == Decimal("0.27")


def test_clocks_that_are_apart_cut_nothing_into_pieces(pod: Pod) -> None:
    """RunPod's start lies in our future; that alone says nothing of a rest."""
    ahead = T0 + timedelta(minutes=10)
    for minute in range(5):
        metering.note(pod, replace(RUNNING, created_at=ahead, started_at=ahead), T0 + minute * MINUTE)

    assert PodSession.objects.count() == RateSegment.objects.count() == 1
    assert metering.current(T0 + timedelta(hours=1)).cost == Decimal("0.27")


def test_a_start_that_is_told_late_is_no_second_one(pod: Pod) -> None:
    """While a machine is looked for RunPod may tell none."""
    metering.note(pod, RUNNING, T0)
    metering.note(pod, replace(RUNNING, started_at=T0 + 5 * MINUTE), T0 + MINUTE)

    assert PodSession.objects.count() == 1


def test_a_card_of_a_new_word_goes_on_costing(pod: Pod) -> None:
    """A state that did not exist when this was written is not taken for a stop."""
    metering.note(pod, replace(RUNNING, status="HIBERNATING"), T0)

    assert metering.current(T0 + timedelta(hours=1)).cost == Decimal("0.27")


def test_the_settings_show_the_present_session_computed_anew(pod: Pod) -> None:
    """However often it is asked."""
    metering.note(pod, RUNNING, T0)
    for _ in range(3):
        metering.accrue(T0 + timedelta(hours=1))

    shown = ApplicationSettings.load()
    assert (shown.current_session_start, shown.current_session_cost) == (T0, Decimal("0.2700"))


def test_when_nothing_costs_money_the_settings_say_so(pod: Pod) -> None:
    """The last session is in the history."""
    metering.note(pod, RUNNING, T0)
    metering.end(pod, T0 + MINUTE)
    metering.accrue(T0 + MINUTE)

    shown = ApplicationSettings.load()
    assert shown.current_session_start is None
    assert shown.current_session_cost == 0
