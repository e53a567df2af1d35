"""What has waited long enough in the trash leaves for good, a few at a time."""

from datetime import date, datetime, timedelta

from django.utils import dateformat, timezone

from lib import clock
from lib.paging import Page
from photos import trashing
from photos.models import Photo
from photos.querysets import PhotoQuerySet
from photos.timeline.days import Day, days_of, local_day
from photos.trashing import Purged
from settings_app import library

# Some hundred files are removed within a second; a task has a minute.
CHUNK = 200


def purge_expired() -> Purged:
    """Purge the oldest of what is past its time, at most some hundred. Safe to run twice, and by two at once.

    What is restored meanwhile stays, also when it is thrown away again.
    """
    kept_for = library.trash_time()
    if kept_for is None:
        return Purged()
    moment = clock.now() - kept_for
    oldest = trashing.thrown_away_before(moment).order_by("deleted_at", "pk")
    return trashing.purge(list(oldest.values_list("pk", flat=True)[:CHUNK]), before=moment)


def leaves_at(photo: Photo, kept_for: timedelta | None) -> datetime | None:
    """Return when a picture of the trash may be purged; None when it stays until the owner empties the trash."""
    return photo.deleted_at + kept_for if photo.deleted_at and kept_for else None


def leaving_days(page: Page[Photo], among: PhotoQuerySet, kept_for: timedelta | None) -> list[Day]:
    """Return a page of the trash by the day its pictures leave, which is told in each title."""
    today = timezone.localdate()
    days = days_of(page, among, today=today, by="deleted_at")
    for day in days:
        day.name = _title(day, kept_for, today)
    return days


def _title(day: Day, kept_for: timedelta | None, today: date) -> str:
    if kept_for is None:
        return f"Thrown away on {_words(day.date, today)}"
    leaves = local_day(max(leave for photo in day.photos if (leave := leaves_at(photo, kept_for))))
    return f"Purged on {_words(leaves, today)}" if leaves > today else "Purged today"


def _words(day: date, today: date) -> str:
    return dateformat.format(day, "j F" if day.year == today.year else "j F Y")
