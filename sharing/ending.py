"""Closing links, opening them again, giving them more time, and forgetting those that have long been closed."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from sharing.models import CleanCopy, PasswordTry, SharedLink
from sharing.querysets import SharedLinkQuerySet
from sharing.tries import FORGOTTEN_AFTER

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=365)


def revoke(links: SharedLinkQuerySet, *, now: datetime) -> int:
    """Close links at once, with every address they have. Return how many were not closed before."""
    closed = links.filter(revoked_at=None).update(revoked_at=now)
    log.info("%d links revoked", closed)
    return closed


def reopen(links: SharedLinkQuerySet) -> int:
    """Take a revocation back. Return how many links it was taken back from."""
    return links.filter(revoked_at__isnull=False).update(revoked_at=None)


def extend(links: SharedLinkQuerySet, *, days: int, now: datetime) -> int:
    """Let links work for some days more than they would, or from now if they have expired.

    Those that never end or were revoked stay as they are.

    Returns:
        How many got more time.
    """
    later = timedelta(days=days)
    limited = links.filter(expires_at__isnull=False, revoked_at=None)
    running = limited.filter(expires_at__gt=now).update(expires_at=F("expires_at") + later)
    # The first update moved its rows further away, so none is met twice.
    return running + limited.filter(expires_at__lte=now).update(expires_at=now + later)


def forget_links_to(photo_id: UUID) -> None:
    """Forget the links of a photo that is deleted for good, and its copies. Called inside the purge's transaction."""
    SharedLink.objects.filter(photo=photo_id).delete()
    CleanCopy.objects.filter(photo=photo_id).delete()


def long_closed(*, now: datetime) -> SharedLinkQuerySet:
    """Return the links that have been closed for a year."""
    return SharedLink.objects.closed_before(now - KEPT_FOR)


def tidy(*, now: datetime) -> int:
    """Forget links that have been closed for a year, and yesterday's tried passwords. Return how many links."""
    PasswordTry.objects.forgettable(before=now - FORGOTTEN_AFTER).delete()
    gone = list(long_closed(now=now).values_list("pk", flat=True))
    long_closed(now=now).filter(pk__in=gone).delete()
    if gone:
        log.info("%d links forgotten that were closed for a year", len(gone))
    return len(gone)
