"""What RunPod really charged, beside what was counted."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from clients.runpod import BillingRecord
from lib import clock
from settings_app import connections
from settings_app.pods.calling import FOR_API
from settings_app.pods.metering import cost_between
from settings_app.pods.models import PodSession

log = logging.getLogger(__name__)

# The hour under way is not charged yet, and a bill may still change for some days.
SETTLED = timedelta(hours=2)
MAY_CHANGE = timedelta(days=3)
LOOK_BACK = timedelta(days=30)
HOUR = timedelta(hours=1)
WORTH_TELLING = Decimal("0.05")


def compare(now: datetime | None = None) -> int:
    """Write beside each finished session what it was charged; returns how many it was known for.

    Raises:
        RemoteError: the bill could not be read; what is known stays.
    """
    moment = now or clock.now()
    sessions = _open_to_question(moment)
    if not sessions:
        return 0
    since = min(session.began_at for session in sessions)
    with connections.runpod(timeouts=FOR_API) as account:
        records = account.billing(since, moment, bucket="hour")
    # All sessions share in what was charged for their pod, also those that are not asked about any more.
    ids = {session.runpod_id for session in sessions}
    sharing = PodSession.objects.filter(runpod_id__in=ids, ended_at__gte=since).prefetch_related("segments")
    amounts = shares(records, list(sharing))
    known = [session for session in sessions if session.pk in amounts]
    for session in known:
        _write(session, amounts[session.pk], moment)
    return len(known)


def shares(records: Iterable[BillingRecord], sessions: Sequence[PodSession]) -> dict[int, Decimal]:
    """Return what each session was charged, by its key: disks left out, since the meter counts the machine only.

    What was charged for an hour in which a pod had several sessions is shared by what each was counted at.
    """
    by_pod: dict[str, list[PodSession]] = defaultdict(list)
    for session in sessions:
        by_pod[session.runpod_id].append(session)
    amounts: dict[int, Decimal] = defaultdict(Decimal)
    for record in records:
        for session, share in _weights(record, by_pod.get(record.pod_id, [])):
            amounts[session.pk] += (record.total - record.disk) * share
    return dict(amounts)


def _weights(record: BillingRecord, sessions: Sequence[PodSession]) -> list[tuple[PodSession, Decimal]]:
    """Return the sessions a record is shared among; one that fits none belongs to the session before it."""
    until = record.ended_at or record.began_at + HOUR
    counted = [(each, cost_between(each.segments.all(), record.began_at, until)) for each in sessions]
    whole = sum((cost for _, cost in counted), Decimal(0))
    if whole:
        return [(session, cost / whole) for session, cost in counted if cost]
    before = [session for session in sessions if session.began_at < until]
    return [(max(before, key=lambda session: session.began_at), Decimal(1))] if before else []


def _open_to_question(now: datetime) -> list[PodSession]:
    """Return the finished sessions whose charge is not known, or may still change."""
    finished = PodSession.objects.filter(ended_at__lte=now - SETTLED, ended_at__gte=now - LOOK_BACK)
    settled = finished.exclude(billed_amount=None).filter(ended_at__lt=now - MAY_CHANGE)
    return list(finished.exclude(runpod_id="").exclude(pk__in=settled.values("pk")))


def _write(session: PodSession, amount: Decimal, now: datetime) -> None:
    exact = amount.quantize(Decimal("1e-8"))
    PodSession.objects.filter(pk=session.pk).update(billed_amount=exact, billed_at=now)
    off = exact - (session.estimated_cost or Decimal(0))
    if abs(off) > WORTH_TELLING:
        log.warning("session %s: RunPod charged %s USD more than was counted", session.pk, off)
