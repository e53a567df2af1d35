"""Where a picture came from and what it led to: one recursive query each way, however many pictures are between."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import dateformat, timezone

from photos import extensions
from photos.choices import RetrievalStatus
from photos.models import Photo

# A chain longer than this is shown from where it is nearest to the picture.
UP = 50
DOWN = 100
# How far the rest is counted before it is called “more than”.
COUNTED = 1000

# The depth ends what a broken row could make endless: a picture that descends from itself.
_UPWARDS = """
WITH RECURSIVE line(id, parent, depth) AS (
    SELECT id, source_image_id, 0 FROM photos WHERE id = %s
    UNION
    SELECT p.id, p.source_image_id, line.depth + 1 FROM photos p JOIN line ON p.id = line.parent WHERE line.depth < %s
)
SELECT id, min(depth) FROM line GROUP BY id ORDER BY 2
"""
# Both databases go level by level and stop when enough is found, so that a huge family costs no more than a large one.
_DOWNWARDS = """
WITH RECURSIVE family(id, depth, taken_at) AS (
    SELECT id, 0, taken_at FROM photos WHERE id = %s
    UNION
    SELECT p.id, family.depth + 1, p.taken_at FROM photos p JOIN family ON p.source_image_id = family.id
    WHERE family.depth < %s
)
SELECT id, depth, taken_at FROM family LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Kin:
    """Some relatives of a picture, and how many more there are.

    Attributes:
        photos: nearest first for descendants, in the order they were made for ancestors.
        more: how many are not among them, as far as they were counted.
        is_endless: whether there are more even than that.
    """

    photos: list[Photo] = field(default_factory=list)
    more: int = 0
    is_endless: bool = False

    @property
    def rest(self) -> str:
        """What is left out, in words; empty when nothing is."""
        if not self.more:
            return ""
        return f"and more than {self.more:,} more" if self.is_endless else f"and {self.more:,} more"


@dataclass(frozen=True, slots=True)
class Lineage:
    """A picture among its relatives; tombstones and what is in the trash are there, too."""

    photo: Photo
    sources: Kin
    results: Kin
    siblings: Kin

    @property
    def is_alone(self) -> bool:
        """Whether there is nothing to show beside the picture itself."""
        return not (self.sources.photos or self.results.photos or self.siblings.photos)

    @property
    def nearest_source(self) -> Photo | None:
        """The nearest picture it was made from that is still here."""
        return next((photo for photo in reversed(self.sources.photos) if not photo.purged_at), None)

    @property
    def nearest_result(self) -> Photo | None:
        """The nearest picture made from it that is still here."""
        return next((photo for photo in self.results.photos if not photo.purged_at), None)


def lineage(photo: Photo) -> Lineage:
    """Return all that is known of a picture's kin."""
    return Lineage(photo, ancestors(photo), descendants(photo), siblings(photo))


def ancestors(photo: Photo) -> Kin:
    """Return the way from the first source to the picture, without the picture itself."""
    nearest = [pk for pk, _ in _ask(_UPWARDS, photo.pk, COUNTED + 1) if pk != photo.pk]
    return Kin(_loaded(reversed(nearest[:UP])), more=max(0, len(nearest) - UP), is_endless=len(nearest) > COUNTED)


def descendants(photo: Photo, limit: int = DOWN) -> Kin:
    """Return what was made from the picture, and from that, the nearest generation first."""
    # One more row for the picture itself, one to see whether there is more.
    rows = _ask(_DOWNWARDS, photo.pk, COUNTED, COUNTED + 2)
    nearest: dict[UUID, tuple[int, str]] = {}
    for pk, depth, taken_at in rows:
        if pk != photo.pk:
            nearest.setdefault(pk, (depth, str(taken_at)))
    is_endless = len(rows) > COUNTED + 1
    in_order = sorted(nearest, key=nearest.__getitem__)
    return Kin(_loaded(in_order[:limit]), more=max(0, len(in_order) - limit), is_endless=is_endless)


def siblings(photo: Photo, limit: int = DOWN) -> Kin:
    """Return other pictures of the same source, and what the apps above know to be made beside it."""
    beside = Q(pk__in=extensions.siblings(photo.pk))
    if photo.source_image_id:
        beside |= Q(source_image=photo.source_image_id)
    others = Photo.objects.filter(beside).exclude(pk=photo.pk).order_by("taken_at", "pk")
    found = list(others.values_list("pk", flat=True)[: COUNTED + 1])
    return Kin(_loaded(found[:limit]), more=max(0, len(found) - limit), is_endless=len(found) > COUNTED)


def line_of(photo: Photo) -> set[UUID]:
    """Return the keys of everything the picture came from or led to, as far as it is looked at."""
    up = {pk for pk, _ in _ask(_UPWARDS, photo.pk, COUNTED)}
    return up | {pk for pk, *_ in _ask(_DOWNWARDS, photo.pk, COUNTED, COUNTED)}


def note(photo: Photo) -> str:
    """Return the few words that stand under a picture of the strip."""
    if photo.purged_at:
        return "Deleted for good"
    if photo.in_trash:
        return "In the trash"
    if photo.retrieval_status != RetrievalStatus.COMPLETED:
        return "Not fetched yet"
    when = timezone.localtime(photo.taken_at)
    day = _day(when.date(), timezone.localdate())
    return f"{day}, {when:%H:%M}" if photo.is_generated else f"Photo, {day}"


def _day(day: date, today: date) -> str:
    return dateformat.format(day, "j M" if day.year == today.year else "j M Y")


def _ask(sql: str, pk: UUID, *limits: int) -> list[tuple[Any, ...]]:
    """Run a query whose first column is a photo's key, which SQLite keeps as hexadecimal digits."""
    key = pk if connection.features.has_native_uuid_field else pk.hex
    with connection.cursor() as cursor:
        cursor.execute(sql, [key, *limits])
        return [(UUID(str(found)), *rest) for found, *rest in cursor.fetchall()]


def _loaded(keys: Iterable[UUID]) -> list[Photo]:
    wanted = list(keys)
    photos = {photo.pk: photo for photo in Photo.objects.filter(pk__in=wanted).for_lineage()}
    return [photos[pk] for pk in wanted if pk in photos]
