"""What of the library is wanted, as the address of the timeline says it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

from photos import search
from photos.choices import Source
from photos.querysets import PhotoQuerySet

LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class PhotoFilter:
    """Words and filters; every empty one lets everything through. The field names are the address's own."""

    q: str = ""
    source: str = ""
    favourites: str = ""
    model: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> Self:
        """Read an address's query; what it cannot mean is left out."""
        source = str(query.get("source", ""))
        return cls(
            q=_words(query.get("q", "")),
            source=source if source in Source.values else "",
            favourites="1" if query.get("favourites") == "1" else "",
            model=_words(query.get("model", "")),
        )

    def narrow(self, photos: PhotoQuerySet) -> PhotoQuerySet:
        """Keep the photos that are wanted."""
        if self.source:
            photos = photos.generated() if self.source == Source.GENERATED else photos.photographs()
        if self.favourites:
            photos = photos.favourites()
        if self.model:
            photos = photos.made_with(self.model)
        return search.matching(photos, self.q) if self.q else photos

    @property
    def count(self) -> int:
        """How many filters are on, the words not counted."""
        return sum(bool(value) for value in (self.source, self.favourites, self.model))

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q or self.count)

    @property
    def query(self) -> str:
        """The address's query with its question mark, or nothing."""
        pairs = {field.name: getattr(self, field.name) for field in fields(self) if getattr(self, field.name)}
        return f"?{urlencode(pairs)}" if pairs else ""

    def toggled(self, name: str, value: str) -> Self:
        """Return the filter with one value switched on, or off if it was on."""
        return replace(self, **{name: "" if getattr(self, name) == value else value})

    def without(self, *names: str) -> Self:
        """Return the filter with some values cleared."""
        return replace(self, **dict.fromkeys(names, ""))


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter that can be switched: what it is called, whether it is on, and the query that switches it."""

    label: str
    is_on: bool
    query: str


def choices(wanted: PhotoFilter) -> list[Choice]:
    """Return the filters the timeline offers as chips."""
    offered = [("source", Source.PHOTOGRAPH, "Photographs"), ("source", Source.GENERATED, "Generated")]
    return [
        Choice(label, getattr(wanted, name) == value, wanted.toggled(name, value).query)
        for name, value, label in [*offered, ("favourites", "1", "Favourites")]
    ]


def _words(value: object) -> str:
    return str(value).replace("\x00", "").strip()[:LONGEST_WORDS]
