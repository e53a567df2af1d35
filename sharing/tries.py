"""Slowing down who guesses passwords: each wrong one makes the next wait longer, for that visitor and for the link.

A try is counted before the password is looked at, by one conditional UPDATE, so that many at once count as many. Nobody
is locked out: a visitor's wait ends after some minutes at most, the link's after seconds, and who has not tried yet
is not made to wait for what others did.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.crypto import salted_hmac

from sharing.models import PasswordTry, SharedLink

SALT = "sharing.tries"
EVERYBODY = ""
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Pace:
    """How many tries are free, and how the wait grows after them."""

    free: int
    first: timedelta
    longest: timedelta
    forgotten_after: timedelta

    def wait_after(self, tries: int) -> timedelta:
        """Return how long the next try must wait after so many: nothing, then doubling up to a limit."""
        excess = tries - self.free
        return min(self.first * (1 << min(excess, 20)), self.longest) if excess >= 0 else timedelta()


VISITOR = Pace(5, timedelta(seconds=5), timedelta(minutes=5), timedelta(days=1))
LINK = Pace(60, timedelta(seconds=1), timedelta(seconds=20), timedelta(hours=1))
FORGOTTEN_AFTER = timedelta(days=1)


def charge(link: SharedLink, address: str | None, *, now: datetime) -> timedelta:
    """Count a try, before the password is looked at.

    Args:
        link: whose password it is.
        address: the visitor's, as ``client_address`` tells it: of IPv6 the network a household has.
        now: the present moment.

    Returns:
        How long the visitor has to wait instead; zero when the password may be looked at.
    """
    own = _row(link, visitor_of(link, address), now, VISITOR)
    everybody = _row(link, EVERYBODY, now, LINK)
    if wait := _charge(own, VISITOR, now):
        return wait
    wait = _charge(everybody, LINK, now)
    # Who comes for the first time is not to wait for the guessing of others.
    return wait if own.count else timedelta()


def wait_left(link: SharedLink, address: str | None, *, now: datetime) -> timedelta:
    """Return how long a visitor has to wait before the next try is looked at."""
    row = PasswordTry.objects.filter(link=link, visitor=visitor_of(link, address)).first()
    return max(row.next_at - now, timedelta()) if row else timedelta()


def forgive(link: SharedLink, address: str | None) -> None:
    """Forget the tries of a visitor who knew the password; for the link, who knows it has not guessed."""
    PasswordTry.objects.filter(link=link, visitor=visitor_of(link, address)).delete()
    PasswordTry.objects.filter(link=link, visitor=EVERYBODY, count__gt=0).update(count=F("count") - 1)


def visitor_of(link: SharedLink, address: str | None) -> str:
    """Return what stands for a visitor: a keyed digest of the address, so that none is kept."""
    return salted_hmac(SALT, f"{link.pk.hex}{address or UNKNOWN}", algorithm="sha256").hexdigest()


def _row(link: SharedLink, visitor: str, now: datetime, pace: Pace) -> PasswordTry:
    row, _ = PasswordTry.objects.get_or_create(link=link, visitor=visitor, defaults={"last_at": now, "next_at": now})
    if row.count and row.last_at + pace.forgotten_after < now:
        PasswordTry.objects.filter(pk=row.pk, count=row.count).update(count=0, next_at=now)
        row.refresh_from_db()
    return row


def _charge(row: PasswordTry, pace: Pace, now: datetime) -> timedelta:
    """Count one try if it is time for it; of several at once only one is. Return how long to wait otherwise."""
    if row.next_at > now:
        return row.next_at - now
    next_at = now + pace.wait_after(row.count + 1)
    mine = PasswordTry.objects.filter(pk=row.pk, count=row.count)
    won = mine.update(count=row.count + 1, last_at=now, next_at=next_at)
    return timedelta() if won else pace.first
