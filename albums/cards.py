"""Albums as cards: cover, name, how many pictures, from when to when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import dateformat, timezone

from albums.marks import Mark, marks_of
from albums.querysets import ON_COVER
from photos.models import Photo

COVERS = len(ON_COVER)

if TYPE_CHECKING:
    from albums.models import Album


@dataclass(frozen=True, slots=True)
class Card:
    """One album with the pictures of its cover: the chosen one, else the first three, else the first."""

    album: "Album"
    covers: list[Photo]
    marks: list[Mark]

    @property
    def note(self) -> str:
        """How much there is in it, and from when."""
        asked: Any = self.album
        if not asked.size:
            return "Empty"
        dates = dates_in_words(asked.since, asked.until)
        return f"{asked.size:,} · {dates}" if dates else f"{asked.size:,}"


def cards(albums: "Iterable[Album]") -> list[Card]:
    """Return the cards of albums that were asked for with covers, sizes and dates. It costs a query and the marks'."""
    albums = list(albums)
    marks = marks_of([album.pk for album in albums])
    keys = {album.pk: _on_cover(album) for album in albums}
    photos = Photo.objects.for_grid().in_bulk([pk for some in keys.values() for pk in some])
    return [Card(album, [photos[pk] for pk in keys[album.pk] if pk in photos], marks[album.pk]) for album in albums]


def dates_in_words(since: datetime | None, until: datetime | None) -> str:
    """Return from when to when, as short as it can be: a month, else months of a year, else years."""
    if since is None or until is None:
        return ""
    first, last = timezone.localdate(since), timezone.localdate(until)
    if (first.year, first.month) == (last.year, last.month):
        return _month(first)
    if first.year == last.year:
        return f"{dateformat.format(first, 'M')}–{_month(last)}"
    return f"{first.year}–{last.year}"


def _on_cover(album: "Album") -> list[UUID]:
    asked: Any = album
    if asked.chosen:
        return [asked.chosen]
    first = [getattr(asked, name) for name in ON_COVER if getattr(asked, name)]
    return first if len(first) == COVERS else first[:1]


def _month(day: date) -> str:
    return dateformat.format(day, "M Y")
