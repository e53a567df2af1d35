"""What sessions, steps and pictures on rented pods cost, with starting up and idling apart.

The parts of a session are cut along its time, so that together they are the whole, to the last digit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import dropwhile

from django.utils import timezone

from generation.models import GenerationStep
from generation.renting.limits import month_of
from generation.showing.telling import minutes
from settings_app.models import PodSession, RateSegment
from settings_app.pods import metering

SESSIONS = 12
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class StepCost:
    """One step's share of a session; ``percent`` is of the dearest step in it."""

    step: GenerationStep
    cost: Decimal
    percent: float = 0.0

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
    """One session: the whole, and its parts.

    Attributes:
        width: the whole in percent of the dearest session shown.
    """

    session: PodSession
    whole: Decimal
    starting: Decimal
    working: Decimal
    steps: list[StepCost]
    lasted: timedelta
    width: float = 100.0

    @property
    def length(self) -> str:
        """How long it cost money."""
        return minutes(self.lasted)

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

    @property
    def starting_width(self) -> float:
        """Starting up, as a part of ``width``."""
        return round(self.width * percent(self.starting, self.whole) / 100, 1)

    @property
    def working_width(self) -> float:
        """Working, likewise."""
        return round(self.width * percent(self.working, self.whole) / 100, 1)


@dataclass(frozen=True, slots=True)
class MonthCost:
    """One month; ``percent`` is of the dearest one shown."""

    began_at: datetime
    cost: Decimal
    percent: float


def percent(part: Decimal, whole: Decimal) -> float:
    """Return a part in percent of the whole; 0 of nothing."""
    return round(float(100 * part / whole), 1) if whole else 0.0


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
    found = [parts(session, [step for step in steps if step.server == session.pod.server], now) for session in sessions]
    most = max(each.whole for each in found)
    return [replace(each, width=percent(each.whole, most)) for each in found]


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
    most = max((each.cost for each in found), default=ZERO)
    return SessionCost(
        session=session,
        whole=metering.cost_of(segments, until),
        starting=metering.cost_between(segments, session.began_at, ready),
        working=sum((each.cost for each in found), ZERO),
        steps=[replace(each, percent=percent(each.cost, most)) for each in found],
        lasted=until - session.began_at,
    )


def months(now: datetime, count: int = 6) -> list[MonthCost]:
    """Return the cost of the last months, the first that cost anything first; empty when nothing was ever rented."""
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
    shown = dropwhile(lambda month: not month[1], zip(begins, costs, strict=True))
    return [MonthCost(begin, cost, percent(cost, max(costs))) for begin, cost in shown]
