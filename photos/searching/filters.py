"""What of the library is wanted, as the address of the timeline says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode

from django.urls import reverse

from photos.choices import Source
from photos.models import Photo
from photos.querying import Problem, Query, Term, read, say, write
from photos.querysets import PhotoQuerySet
from photos.searching import narrowing
from photos.searching.words import words_in
from photos.timeline.neighbours import Neighbours, neighbours

LONGEST = 2000


@dataclass(frozen=True)
class PhotoFilter:
    """One text that holds every word and filter; the address carries it as ``q``."""

    q: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> Self:
        """Read an address's query; what it cannot mean is left out.

        ``f`` holds the filters that stand as chips in the search box while its words are sent as ``q``. Older addresses
        name some filters apart (``source``, ``favourites``, ``model``); they are read into the same text.
        """
        texts = [_text(query, "q"), _text(query, "f"), *_apart(query)]
        return cls(_together(" ".join(texts)))

    def narrow(self, photos: PhotoQuerySet, *, is_whole: bool = False) -> PhotoQuerySet:
        """Keep the photos that are wanted; ``is_whole`` tells that all are needed and not one page."""
        return narrowing.narrow(photos, self.asked, is_whole=is_whole)

    @cached_property
    def asked(self) -> Query:
        """What the text asks for."""
        return read(self.q)

    def problems(self, *, is_typing: bool = False) -> list[str]:
        """Return sentences about what is not looked for, each once; while one types, not about what may go on."""
        problems = [problem for problem in self.asked.problems if not (is_typing and problem.may_go_on)]
        sentences = [problem.sentence for problem in problems]
        if self.asked.words and words_in(self.asked).asks_nothing and not is_typing:
            sentences.append(f"“{self.asked.said}” stands in nearly every text, so it is not looked for.")
        return list(dict.fromkeys(sentences))

    @property
    def count(self) -> int:
        """How many filters are on, the words not counted."""
        return len(self.asked.filters)

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q)

    @property
    def query(self) -> str:
        """The address's query with its question mark, or nothing."""
        return f"?{urlencode({'q': self.q})}" if self.q else ""

    def neighbours(self, photo: Photo) -> Neighbours:
        """Return what lies before and after a photo, in the order of the list."""
        return neighbours(photo, self.narrow(Photo.objects.visible()))

    def back(self, around: Neighbours) -> str:
        """Return the address of the page of the list that begins with the photo between two others."""
        key = {"before": str(around.newer_key)} if around.newer_key else {}
        query = urlencode(({"q": self.q} if self.q else {}) | key)
        return f"{reverse('photos:timeline')}?{query}" if query else reverse("photos:timeline")

    def has(self, name: str, value: str) -> bool:
        """Tell whether a filter is on."""
        return self.asked.find(name, value) is not None

    def toggled(self, name: str, value: str) -> Self:
        """Return the filter with one value switched on, or off if it was on."""
        if on := self.asked.find(name, value):
            return type(self)(self.asked.without(on).text)
        return type(self)(f"{self.q} {write(name, value)}".strip())

    def only_words(self) -> Self:
        """Return the filter without everything that is not words."""
        return type(self)(self.asked.without(*self.asked.filters).text)

    def without(self, part: Term | Problem) -> Self:
        """Return the filter without one of its parts."""
        return type(self)(self.asked.without(part).text)


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter that can be switched: what it is called, whether it is on, and the query that switches it."""

    label: str
    is_on: bool
    query: str


OFFERED = [("is", "photo", "Photographs"), ("is", "generated", "Generated"), ("is", "favourite", "Favourites")]


def choices(wanted: PhotoFilter) -> list[Choice]:
    """Return the filters the timeline offers as chips."""
    return [
        Choice(label, wanted.has(name, value), _switched(wanted, name, value).query) for name, value, label in OFFERED
    ]


def chips(wanted: PhotoFilter) -> list[Choice]:
    """Return the other filters that are on, in words, each with the query that takes it out."""
    offered = {(name, value) for name, value, _ in OFFERED}
    terms = [term for term in wanted.asked.filters if term.is_not or (term.filter, term.value) not in offered]
    return [Choice(say(term), True, wanted.without(term).query) for term in terms]


def _switched(wanted: PhotoFilter, name: str, value: str) -> PhotoFilter:
    """Return the filter with one value switched. A picture is either a photograph or generated."""
    for other in Source.values:
        term = wanted.asked.find("is", other)
        if value in Source.values and term and other != value:
            wanted = wanted.without(term)
    return wanted.toggled(name, value)


def _apart(query: Mapping[str, Any]) -> list[str]:
    source, model = _text(query, "source"), _text(query, "model")
    terms = [write("is", source)] if source in Source.values else []
    terms += [write("is", "favourite")] if query.get("favourites") == "1" else []
    return [*terms, write("model", model)] if model else terms


def _text(query: Mapping[str, Any], name: str) -> str:
    return str(query.get(name, "")).replace("\x00", "").strip()[:LONGEST]


def _together(text: str) -> str:
    """Return the text with each part once, however often it was asked for."""
    asked = read(text)
    return Query(tuple(dict.fromkeys(asked.parts))).text
