"""What a pod costs, computed from recorded rates. Nothing is ever added up in rounded pieces.

A segment is a stretch of time at one rate. It grows until the rate changes or the pod no longer costs money; a pod
that turns out to have ended unseen is charged until it was last seen, since nobody can say more.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from clients.runpod import RemotePod
from lib import clock
from settings_app.pods.models import Pod, PodSession, RateSegment, RentalTerms, StrayPod

log = logging.getLogger(__name__)

# A later start than the last look, by more than this, means that the pod was stopped in between.
UNSEEN_REST = timedelta(minutes=2)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Meter:
    """The meter at one moment.

    Attributes:
        began_at: when the session began; None when nothing costs money.
        rate: USD per hour at present.
        cost: USD so far, exact; ``quantised`` makes it fit for showing.
        is_estimated: a part of it rests on a rate that RunPod did not tell at the time.
    """

    began_at: datetime | None
    rate: Decimal
    cost: Decimal
    is_estimated: bool


IDLE = Meter(began_at=None, rate=ZERO, cost=ZERO, is_estimated=False)


def seconds_of(segments: Iterable[RateSegment], now: datetime) -> Decimal:
    """Return how many seconds the segments last, up to ``now``; a clock set back makes none negative."""
    return sum((_seconds(segment.began_at, segment.ended_at or now) for segment in segments), ZERO)


def cost_of(segments: Iterable[RateSegment], now: datetime) -> Decimal:
    """Return what the segments cost in USD up to ``now``, exactly."""
    costs = (segment.rate * _seconds(segment.began_at, segment.ended_at or now) for segment in segments)
    return sum(costs, ZERO) / 3600


def cost_between(segments: Iterable[RateSegment], since: datetime, until: datetime) -> Decimal:
    """Return what the segments cost between two moments; for a step, a day or a month.

    Args:
        segments: those of any sessions.
        since: the first moment.
        until: the last one, not later than now: an open segment would be counted into the future.
    """
    total = ZERO
    for segment in segments:
        ended = min(segment.ended_at or until, until)
        total += segment.rate * _seconds(max(segment.began_at, since), ended)
    return total / 3600


def quantised(cost: Decimal) -> Decimal:
    """Return an amount with four decimals, as it is shown and stored for showing."""
    return cost.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def current(now: datetime | None = None) -> Meter:
    """Return the meter of the session that costs money at present, or ``IDLE``."""
    moment = now or clock.now()
    session = PodSession.objects.open().order_by("-began_at").prefetch_related("segments").first()
    if session is None:
        return IDLE
    segments = list(session.segments.all())
    rate = next((segment.rate for segment in segments if segment.ended_at is None), ZERO)
    estimated = any(segment.is_estimated for segment in segments)
    return Meter(session.began_at, rate, cost_of(segments, moment), estimated)


def note(pod: Pod, seen: RemotePod, now: datetime) -> None:
    """Bring the meter in step with what RunPod just said about a pod. Safe to repeat, and for two workers at once."""
    with transaction.atomic():
        session = _locked_session(pod)
        if not seen.may_bill:
            _close(session, now)
            return
        segment = session.segments.open().first() if session else None
        if session and segment and _was_restarted(session, segment, seen):
            _close(session, now)
            session = segment = None
        if session is None:
            session = _open(pod, seen, now)
        _follow_rate(pod, session, segment, seen, now)


def touch(pod: Pod, now: datetime) -> None:
    """Note that a pod was certainly still costing money now, as a call that only works on such a pod has shown."""
    open_ones = RateSegment.objects.open().filter(session__pod=pod)
    open_ones.update(last_seen_at=Greatest(F("last_seen_at"), now))


def end(pod: Pod, now: datetime) -> None:
    """Close what is open: the pod is gone, or no longer costs money."""
    with transaction.atomic():
        _close(_locked_session(pod), now)


def charge_double(stray: StrayPod, now: datetime) -> None:
    """Put what a request that arrived twice has cost into the history, as an estimate; once."""
    pod = Pod.objects.filter(name=stray.name).first()
    if pod is None or PodSession.objects.filter(runpod_id=stray.pod_id).exclude(ended_at=None).exists():
        return
    began = min(stray.first_seen_at, now)
    piece = RateSegment(
        rate=stray.rate or pod.hourly_rate or ZERO, began_at=began, last_seen_at=now, ended_at=now, is_estimated=True
    )
    with transaction.atomic():
        piece.session = PodSession.objects.create(
            pod=pod,
            runpod_id=stray.pod_id,
            gpu_type=pod.gpu_type,
            began_at=began,
            ended_at=now,
            seconds=seconds_of([piece], now),
            estimated_cost=cost_of([piece], now),
            is_estimated=True,
        )
        piece.save()


def accrue(now: datetime | None = None) -> Meter:
    """Write the present session's start and cost into the settings, computed anew, and return the meter."""
    from settings_app.models import ApplicationSettings

    meter = current(now)
    ApplicationSettings.load()
    ApplicationSettings.objects.filter(pk=1).update(
        current_session_start=meter.began_at, current_session_cost=quantised(meter.cost)
    )
    return meter


def _locked_session(pod: Pod) -> PodSession | None:
    """Return the pod's open session, having others wait that want to change its segments."""
    # An UPDATE holds the row on both databases until the transaction ends.
    PodSession.objects.open().filter(pod=pod).update(runpod_id=pod.pod_id)
    return PodSession.objects.open().filter(pod=pod).first()


def _open(pod: Pod, seen: RemotePod, now: datetime) -> PodSession:
    return PodSession.objects.create(
        pod=pod,
        runpod_id=seen.id,
        gpu_type=seen.gpu_id or pod.gpu_type,
        began_at=_beginning(pod, seen, now),
        remote_started_at=seen.started_at,
    )


def _was_restarted(session: PodSession, segment: RateSegment, seen: RemotePod) -> bool:
    """Tell whether a pod rested unseen since the last look.

    Told by RunPod's clock alone, since it may be far from ours; ours only says whether that was after the last look.
    """
    known, told = session.remote_started_at, seen.started_at
    if told and known is None:
        PodSession.objects.filter(pk=session.pk).update(remote_started_at=told)
    return bool(told and known and told > known and told > segment.last_seen_at + UNSEEN_REST)


def _beginning(pod: Pod, seen: RemotePod, now: datetime) -> datetime:
    """Return when the pod began to cost money: what RunPod says, kept between the last thing we know and now."""
    latest = pod.sessions.exclude(ended_at=None).order_by("-ended_at").first()
    told = seen.started_at if latest else (seen.created_at or seen.started_at)
    earliest = latest.ended_at if latest and latest.ended_at else (pod.create_sent_at or pod.created_at)
    return min(max(told or now, earliest), now)


def _follow_rate(pod: Pod, session: PodSession, segment: RateSegment | None, seen: RemotePod, now: datetime) -> None:
    rate, is_estimated = rate_of(pod, seen)
    if segment and segment.rate == rate:
        RateSegment.objects.filter(pk=segment.pk).update(last_seen_at=max(now, segment.last_seen_at))
        return
    began = session.began_at
    if segment:
        began = max(now, segment.began_at)
        RateSegment.objects.filter(pk=segment.pk).update(ended_at=began, last_seen_at=began)
    RateSegment.objects.create(
        session=session, rate=rate, began_at=began, last_seen_at=max(now, began), is_estimated=is_estimated
    )
    log.info("pod %s: %s USD/h from %s", pod.name, rate, began)


def rate_of(pod: Pod, seen: RemotePod) -> tuple[Decimal, bool]:
    """Return USD per hour, and whether it is an estimate: the last good rate, else the catalogue's price.

    What RunPod does not tell, or tells as nothing while the pod runs, is no free pod.
    """
    if seen.cost:
        return seen.cost.quantize(Decimal("0.000001")), False
    if pod.hourly_rate:
        return pod.hourly_rate, True
    return catalogue_price(pod.gpu_type, pod.cloud) or ZERO, True


def catalogue_price(gpu_type: str, cloud: str) -> Decimal | None:
    """Return USD per hour as the catalogue was last read; None when it is not known."""
    kept = next((card for card in RentalTerms.load().catalogue if card.get("id") == gpu_type), None)
    price = kept["prices"].get(cloud) if kept else None
    return Decimal(price) if price else None


def _close(session: PodSession | None, now: datetime) -> None:
    """End a session where it was last seen costing money, and keep what it came to."""
    if session is None:
        return
    for segment in session.segments.open():
        ended = min(max(segment.last_seen_at, segment.began_at), max(now, segment.began_at))
        RateSegment.objects.filter(pk=segment.pk, ended_at=None).update(ended_at=ended)
    segments = list(session.segments.all())
    ended = max((segment.ended_at for segment in segments if segment.ended_at), default=session.began_at)
    PodSession.objects.open().filter(pk=session.pk).update(
        ended_at=ended,
        seconds=seconds_of(segments, ended),
        estimated_cost=cost_of(segments, ended),
        is_estimated=any(segment.is_estimated for segment in segments),
    )
    log.info("pod %s: session ended", session.pod_id)


def _seconds(began: datetime, ended: datetime) -> Decimal:
    """Return the seconds between two moments, never negative, exact to the microsecond."""
    span = max(ended - began, timedelta(0))
    return Decimal(span // timedelta(microseconds=1)) / 1_000_000
