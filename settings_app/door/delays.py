"""Guessing passwords gets slow: after a few failures each further one makes its address wait longer, up to a limit.

django-axes counts; how long to wait is decided here, because its own cool-off has one length. The wait is short at
first and never long, so that nobody can keep the owner out by guessing from the owner's own network.
"""

from datetime import datetime, timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest

from lib import clock

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)


def wait_after(failures: int) -> timedelta:
    """Return how long the next try must wait after so many failures: nothing, then doubling up to a limit."""
    excess: int = failures - settings.AXES_FAILURE_LIMIT
    if excess < 0:
        return timedelta()
    return min(FIRST_WAIT * (1 << min(excess, 20)), LONGEST_WAIT)


def wait_for(address: str | None, now: datetime) -> timedelta:
    """Return how long ``address`` must still wait before its next try is looked at; nothing or less if it need not."""
    remembered = AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=now - settings.AXES_COOLOFF_TIME)
    tries = remembered.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    if not tries["failures"]:
        return timedelta()
    left: timedelta = tries["last"] + wait_after(tries["failures"]) - now
    return left


class GrowingDelay(AxesDatabaseHandler):  # type: ignore[misc]
    """Axes' own counting, with our own waiting."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, str] | None = None) -> bool:
        """Tell whether this address has to wait."""
        return wait_for(request.axes_ip_address, clock.now()) > timedelta()  # type: ignore[attr-defined]
