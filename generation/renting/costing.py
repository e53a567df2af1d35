"""What sessions, steps and pictures on rented pods cost, with starting up and idling apart.

The parts of a session are cut along its time, so that together they are the whole, to the last digit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from generation.models import GenerationStep
from generation.renting.limits import month_of, spent_since
from settings_app.models import PodSession, RateSegment
from settings_app.pods import metering

SESSIONS = 12
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class StepCost:
    """One step's share of a session."""

    step: GenerationStep
    cost: Decimal

    @property
    def pictures(self) -> int:
        """How many came."""
        return self.step.images_retrieved + self.step.images_pending + self.step.images_failed

    @property
    def each(self) -> Decimal | None:
        """What one picture cost; None when none came."""
        return self.cost / self.pictures if self.pictures else None


@dataclass(frozen=True, slots=True)
class SessionCost:
    """One session: the whole, and its parts."""

    session: PodSession
    whole: Decimal
    starting: Decimal
    working: Decimal
    steps: list[StepCost]

    @property
    def idling(self) -> Decimal:
        """What was neither starting nor working."""
        return self.whole - self.starting - self.working

    @property
    def pictures(self) -> int:
        """How many pictures came."""
        return sum(each.pictures for each in self.steps)

    @property
    def each(self) -> Decimal | None:
        """What one picture cost with starting and idling; None when none came."""
        return self.whole / self.pictures if self.pictures else None

    @property
    def difference(self) -> Decimal | None:
        """What RunPod billed more than was counted; None while it is not known."""
        billed = self.session.billed_amount
        return None if billed is None else billed - self.whole

    def percent(self, part: Decimal) -> float:
        """Return a part in percent of the whole."""
        return round(float(100 * part / self.whole), 1) if self.whole else 0.0

    @property
    def starting_percent(self) -> float:
        """Starting up, of the whole."""
        return self.percent(self.starting)

    @property
    def working_percent(self) -> float:
        """Working, of the whole."""
        return self.percent(self.working)


@dataclass(frozen=True, slots=True)
class MonthCost:
    """One month; ``percent`` is of the dearest one shown."""

    began_at: datetime
    cost: Decimal
    percent: float


def recent(now: datetime) -> list[SessionCost]:
    """Return the last sessions, the newest first, in a few queries however many there are."""
    sessions = list(PodSession.objects.select_related("pod").prefetch_related("segments")[:SESSIONS])
    if not sessions:
        return []
    servers = {session.pod.server for session in sessions}
    since = min(session.began_at for session in sessions)
    steps = list(
        GenerationStep.objects.filter(server__in=servers, submitted_at__isnull=False)
        .exclude(completed_at__lt=since)
        .order_by("submitted_at")
    )
    return [parts(session, [step for step in steps if step.server == session.pod.server], now) for session in sessions]


def parts(session: PodSession, steps: Iterable[GenerationStep], now: datetime) -> SessionCost:
    """Cut a session into its parts. InvokeAI works at one step at a time, so each moment counts for one only."""
    segments, until = list(session.segments.all()), session.ended_at or now
    ready = min(max(session.ready_at or until, session.began_at), until)
    worked, found = ready, []
    for step in sorted(steps, key=lambda step: (step.completed_at or now, step.submitted_at or now)):
        began = min(max(step.submitted_at or now, worked), until)
        ended = min(max(step.completed_at or now, began), until)
        if (cost := metering.cost_between(segments, began, ended)) > 0:
            found.append(StepCost(step, cost))
        worked = max(worked, ended)
    return SessionCost(
        session=session,
        whole=metering.cost_of(segments, until),
        starting=metering.cost_between(segments, session.began_at, ready),
        working=sum((each.cost for each in found), ZERO),
        steps=found,
    )


def months(now: datetime, count: int = 6) -> list[MonthCost]:
    """Return the cost of the last months, the oldest first; empty when nothing was ever rented."""
    if not PodSession.objects.exists():
        return []
    begins = [month_of(now)]
    while len(begins) < count:
        last = begins[0]
        begins.insert(0, last.replace(year=last.year - (last.month == 1), month=last.month - 1 or 12))
    begins = [timezone.make_aware(begin.replace(tzinfo=None)) for begin in begins]
    segments: Sequence[RateSegment] = list(
        RateSegment.objects.filter(session__in=PodSession.objects.overlapping(begins[0], now))
    )
    costs = [metering.cost_between(segments, begin, end) for begin, end in zip(begins, [*begins[1:], now], strict=True)]
    most = max(costs) or Decimal(1)
    return [
        MonthCost(begin, cost, round(float(100 * cost / most), 1)) for begin, cost in zip(begins, costs, strict=True)
    ]


def this_month(now: datetime) -> Decimal:
    """Return what was spent in the owner's month."""
    return spent_since(month_of(now), now)
