"""How long and how much: what the owner allows a rented pod, and what was used of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from settings_app.models import ApplicationSettings, PodSession, RateSegment, RentalTerms
from settings_app.pods import metering


@dataclass(frozen=True, slots=True)
class Limits:
    """What the owner allows; None is no limit."""

    idle: timedelta
    longest: timedelta
    session_budget: Decimal | None = None
    month_budget: Decimal | None = None

    @classmethod
    def now(cls) -> "Limits":
        """Read the settings."""
        settings, terms = ApplicationSettings.load(), RentalTerms.load()
        return cls(
            timedelta(minutes=settings.idle_timeout_minutes),
            timedelta(minutes=terms.longest_session_minutes),
            terms.session_budget,
            terms.month_budget,
        )


@dataclass(frozen=True, slots=True)
class Spent:
    """What was used: since when the present session costs money, and USD in it and in this calendar month."""

    began_at: datetime | None
    session: Decimal
    month: Decimal


def spent(now: datetime) -> Spent:
    """Return what was spent up to now, in the owner's month."""
    meter = metering.current(now)
    return Spent(meter.began_at, meter.cost, spent_since(month_of(now), now))


def spent_since(since: datetime, now: datetime) -> Decimal:
    """Return USD for all pods between two moments."""
    sessions = PodSession.objects.overlapping(since, now)
    return metering.cost_between(RateSegment.objects.filter(session__in=sessions), since, now)


def month_of(now: datetime) -> datetime:
    """Return when the owner's month began."""
    return timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def reached(limits: Limits, spent: Spent, now: datetime) -> str:
    """Say which limit is reached, as the word on which the pod is stopped; empty when none is."""
    if spent.began_at and now - spent.began_at >= limits.longest:
        return f"It ran for {_hours(limits.longest)}, the longest session you allow."
    if limits.session_budget is not None and spent.began_at and spent.session >= limits.session_budget:
        return f"This session reached your budget of ${limits.session_budget}."
    return month_is_spent(limits, spent) if spent.began_at else ""


def month_is_spent(limits: Limits, spent: Spent) -> str:
    """Say that the month's budget is used up; empty when it is not."""
    if limits.month_budget is None or spent.month < limits.month_budget:
        return ""
    return f"This month reached your budget of ${limits.month_budget}."


def _hours(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    return f"{minutes} minutes" if not hours else f"{hours} h {rest} min" if rest else f"{hours} h"
