"""Moving dates, as after a journey with a camera whose clock was wrong. The value is a number of seconds."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from photos.acts.act import Act, Before
from photos.metadata.camera import is_plausible
from photos.models import BulkAction, Photo
from photos.querysets import PhotoQuerySet


class Shift(Act):
    """Make the moments of photos earlier or later, all by as much."""

    verb = "shift"
    icon = "clock"
    doing = "Moving the dates"
    news = "photos:edited"
    news_undone = "photos:edited"

    def among(self, photos: PhotoQuerySet, value: str) -> PhotoQuerySet:
        """Keep all."""
        return photos

    def do(self, ids: list[UUID], action: BulkAction) -> Before:
        """Move those that would not leave the time in which there are pictures."""
        by = _by(action)
        moments = Photo.objects.locked(ids).values_list("pk", "taken_at")
        moving = {pk: moment.isoformat() for pk, moment in moments if _can_be(moment, by)}
        Photo.objects.filter(pk__in=moving).update(taken_at=F("taken_at") + by)
        return dict(moving)

    def undo(self, before: Mapping[UUID, Any], action: BulkAction) -> None:
        """Move them back; what was dated anew since keeps that."""
        by = _by(action)
        moments = Photo.objects.locked(before).values_list("pk", "taken_at")
        moved = [pk for pk, moment in moments if moment == datetime.fromisoformat(before[pk]) + by]
        Photo.objects.filter(pk__in=moved).update(taken_at=F("taken_at") - by)

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        return f"{pictures} dated {in_words(int(value))}"

    def unsaid(self, pictures: str, value: str) -> str:
        """Say that they are as before."""
        return f"As before: the dates of {pictures}"

    def nothing(self, value: str) -> str:
        """Say that there was nothing to do."""
        return "No picture can be of such a day, so nothing was changed"


def in_words(seconds: int) -> str:
    """Return by how much a moment moves, such as “1 hour 20 seconds later”."""
    rest, parts = abs(seconds), []
    for name, size in (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count:,} {name}{'' if count == 1 else 's'}")
    return f"{' '.join(parts)} {'earlier' if seconds < 0 else 'later'}"


def _by(action: BulkAction) -> timedelta:
    return timedelta(seconds=int(action.value))


def _can_be(moment: datetime, by: timedelta) -> bool:
    try:
        return is_plausible(moment + by)
    except OverflowError:
        return False
