"""What may be meant by what is being typed into the search box."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import IntegerField, OuterRef, Subquery

from photos import extensions
from photos.choices import RetrievalStatus, TraitKind
from photos.extensions import Suggestion
from photos.models import PhotoTrait, SavedSearch, Trait
from photos.querying import FILTERS, Filter, write
from photos.querying.tokens import Token, tokens

MOST = 8
# Counting all pictures of a camera that took half the library would cost more than the page.
COUNT_AT_MOST = 1000
SHORTEST_WORD = 2

KINDS = {
    "model": (TraitKind.MODEL,),
    "lora": (TraitKind.LORA,),
    "sampler": (TraitKind.SAMPLER,),
    "generator": (TraitKind.GENERATOR,),
    "camera": (TraitKind.CAMERA,),
    "lens": (TraitKind.LENS,),
    "tag": (TraitKind.TAG,),
}
# What a plain word may be the name of.
NAMED = ("model", "lora", "camera", "album", "tag")


@dataclass(frozen=True, slots=True)
class Offer:
    """One suggestion: what it is called, what is said beside it, and the text and caret the box gets if it is taken.

    ``is_done`` tells that the term is whole, so that the search can begin.
    """

    label: str
    note: str
    text: str
    caret: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the text the offer goes."""

    before: str
    after: str
    is_not: bool = False

    def offer(self, label: str, note: str, term: str, *, is_done: bool = True) -> Offer:
        """Return the offer to put ``term`` here."""
        minus = "-" if self.is_not and not term.startswith("-") else ""
        head = f"{self.before}{minus}{term}{' ' if is_done else ''}"
        return Offer(label, note, head + self.after.lstrip(), len(head), is_done)


def offers(text: str, caret: int) -> list[Offer]:
    """Return what the part of ``text`` under the caret may become, the likeliest first."""
    text = text.replace("\0", " ")
    token = next((token for token in tokens(text) if token.start <= caret <= token.end), None)
    if token is None:
        return [*_saved(), *_names("", _Place(text[:caret], text[caret:]))] if not text.strip() else []
    place = _Place(text[: token.start], text[token.end :], token.is_not)
    if token.name:
        return list(_values(token, place))[:MOST]
    return [*_names(token.value, place), *_named(token, place)][:MOST] if not token.is_quoted else []


def suggestions(name: str, text: str, most: int = MOST) -> list[Suggestion]:
    """Return values of a filter that hold ``text``, with the pictures each keeps, in one query."""
    if name in KINDS:
        return _trait_values(KINDS[name], text, most)
    registered = extensions.suggestions(name)
    return registered(text, most) if registered else []


def _saved() -> Iterator[Offer]:
    for saved in SavedSearch.objects.all()[:4]:
        yield Offer(saved.name, "Saved search", f"{saved.query} ", len(saved.query) + 1, True)


def _names(beginning: str, place: _Place) -> Iterator[Offer]:
    for kind in FILTERS.values():
        if kind.name.startswith(beginning.lower()):
            yield place.offer(f"{kind.name}:", kind.keeps, f"{kind.name}:", is_done=False)


def _values(token: Token, place: _Place) -> Iterator[Offer]:
    kind = FILTERS.get(token.name)
    if kind is None:
        return
    if kind.words:
        yield from _words(kind, token.value, place)
        return
    for found in suggestions(kind.name, token.value.strip()):
        yield place.offer(found.value, counted(found.count), write(kind.name, found.value))
    if kind.example and not token.value:
        yield place.offer(kind.example, "For example", write(kind.name, kind.example))


def _words(kind: Filter, beginning: str, place: _Place) -> Iterator[Offer]:
    for word in kind.words:
        if word.startswith(beginning.lower()):
            yield place.offer(word.capitalize(), "", write(kind.name, word))


def _named(token: Token, place: _Place) -> Iterator[Offer]:
    if len(token.value) < SHORTEST_WORD:
        return
    for name in NAMED:
        for found in suggestions(name, token.value, 3):
            yield place.offer(f"{name}: {found.value}", counted(found.count), write(name, found.value))


def counted(count: int) -> str:
    """Return a number of pictures in words."""
    if count > COUNT_AT_MOST:
        return f"over {COUNT_AT_MOST:,}"
    return f"{count:,}"


class _CountOf(Subquery):
    """How many rows a query finds, counted no further than its limit."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _trait_values(kinds: Iterable[TraitKind], text: str, most: int) -> list[Suggestion]:
    links = PhotoTrait.objects.filter(trait=OuterRef("pk"))
    rough = _CountOf(links.values("pk")[: COUNT_AT_MOST + 1])
    likely = Trait.objects.of_kind(*kinds).holding(text).alias(rough=rough).order_by("-rough", "folded")[:most]
    shown = links.filter(photo__deleted_at=None, photo__retrieval_status=RetrievalStatus.COMPLETED)
    found = Trait.objects.filter(pk__in=likely.values("pk")).annotate(
        shown=_CountOf(shown.values("pk")[: COUNT_AT_MOST + 1])
    )
    rows = found.order_by("-shown", "folded").values_list("value", "folded", "shown")
    together: dict[str, Suggestion] = {}
    for value, folded, count in rows:
        together.setdefault(folded, Suggestion(value, count))
    return [suggestion for suggestion in together.values() if suggestion.count]
