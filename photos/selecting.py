"""What the owner selected: some photos by name, or everything that matches the list, without some."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from lib import clock
from photos.models import Photo
from photos.querysets import PhotoQuerySet
from photos.searching.filters import PhotoFilter

MOST = 10_000
TRASH = "trash"


@dataclass(frozen=True, slots=True)
class Selection:
    """Photos by ``ids``; or, when ``is_all``, what ``query`` finds, or all of the trash, without those ``left_out``.

    ``until`` keeps to what was in the library, or in the trash, when the owner saw how many there are.
    """

    ids: list[UUID] = field(default_factory=list)
    is_all: bool = False
    query: str = ""
    left_out: list[UUID] = field(default_factory=list)
    until: datetime | None = None
    in_trash: bool = False

    @classmethod
    def from_post(cls, posted: QueryDict) -> Self:
        """Read the fields of the grid's form. Nonsense is left out."""
        if posted.get("all") != "1":
            return cls(keys_of(posted.getlist("photo")))
        query = PhotoFilter.from_query({"q": posted.get("q", "")}).q
        left_out = keys_of(posted.getlist("except"))
        return cls([], True, query, left_out, _moment(posted.get("until", "")), posted.get("place") == TRASH)

    @classmethod
    def whole_trash(cls) -> Self:
        """Select what is in the trash at this moment."""
        return cls(is_all=True, until=clock.now(), in_trash=True)

    def photos(self) -> PhotoQuerySet:
        """Return them, in the order of their list."""
        if not self.is_all:
            return Photo.objects.filter(pk__in=self.ids, purged_at=None)
        photos = Photo.objects.trashed() if self.in_trash else self._matching()
        since = "deleted_at" if self.in_trash else "created_at"
        photos = photos.filter(**{f"{since}__lte": self.until}) if self.until else photos
        photos = photos.exclude(pk__in=self.left_out) if self.left_out else photos
        return photos.order_by("-deleted_at" if self.in_trash else "-taken_at", "-pk")

    def _matching(self) -> PhotoQuerySet:
        return PhotoFilter(self.query).narrow(Photo.objects.visible(), is_whole=True)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The hidden fields that say the same in another form."""
        if not self.is_all:
            return [("photo", str(pk)) for pk in self.ids]
        fields = [("all", "1"), ("q", self.query), ("place", TRASH if self.in_trash else "")]
        fields += [("until", self.until.isoformat())] if self.until else []
        return fields + [("except", str(pk)) for pk in self.left_out]


def keys_of(texts: list[str]) -> list[UUID]:
    """Return the primary keys among ``texts``."""
    return [key for text in texts[:MOST] if (key := _key(text))]


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
