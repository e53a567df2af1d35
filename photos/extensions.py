"""What the apps above register about photos, because photos must not know them.

Called from ``AppConfig.ready()``, so that the registry is complete before the first request.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

if TYPE_CHECKING:
    from photos.acts.act import Act
    from photos.searching.filters import PhotoFilter

Merge = Callable[[UUID, UUID], None]
Condition = Callable[[str], Q]
Suggest = Callable[[str, int], "list[Suggestion]"]
Words = Callable[[list[UUID]], Mapping[UUID, list[str]]]
Siblings = Callable[[UUID], list[UUID]]
Purge = Callable[[UUID], None]
Reasons = Callable[[list[UUID]], Mapping[UUID, str]]
ListIn = Callable[[Mapping[str, Any]], "PhotoFilter | None"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value a filter may take, and how many pictures of the timeline it keeps, as far as they were counted."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Belonging:
    """Something else a picture has, which goes to the one that is kept of several that look alike.

    Attributes:
        label: what the owner calls it.
        names: returns texts for those of some photos that have any.
        join: ``join(from_ids, into_id)`` gives it to the kept photo, in the transaction; returns, as JSON, what it did.
        part: ``part(into_id, done)`` takes back what ``join`` did; the kept photo may have changed since.
    """

    label: str
    names: Words
    join: Callable[[list[UUID], UUID], object]
    part: Callable[[UUID, object], None]


_tombstone_relations: set[str] = set()
_merges: list[Merge] = []
_conditions: dict[tuple[str, str], Condition] = {}
_suggestions: dict[str, Suggest] = {}
_words: list[Words] = []
_siblings: list[Siblings] = []
_acts: "dict[str, Act]" = {}
_purges: list[Purge] = []
_belongings: dict[str, Belonging] = {}
_lists: list[ListIn] = []
_reasons: list[Reasons] = []


def keep_tombstone_for(*relations: str) -> None:
    """Have a purged photo leave its row while anything names it through one of ``relations``.

    Relations that protect photos from deletion count by themselves.

    Args:
        relations: names of reverse relations of ``Photo``, such as ``selected_in_steps``.
    """
    _tombstone_relations.update(relations)


def on_merge(merge: Merge) -> None:
    """Have ``merge(from_pk, into_pk)`` called, in the transaction, before a photo is merged into another."""
    if merge not in _merges:
        _merges.append(merge)


def on_purge(purge: Purge) -> None:
    """Have ``purge(pk)`` called, in the transaction, when a photo becomes a tombstone; a deleted row needs no word."""
    if purge not in _purges:
        _purges.append(purge)


def tombstone_relations() -> frozenset[str]:
    """Return what was registered."""
    return frozenset(_tombstone_relations)


def merges() -> tuple[Merge, ...]:
    """Return what was registered, in order."""
    return tuple(_merges)


def on_keeping(belonging: Belonging) -> None:
    """Have the one that is kept of several pictures take something over from the others."""
    _belongings[belonging.label] = belonging


def belongings() -> tuple[Belonging, ...]:
    """Return what was registered, in order."""
    return tuple(_belongings.values())


def purges() -> tuple[Purge, ...]:
    """Return what was registered, in order."""
    return tuple(_purges)


def give_meaning(name: str, condition: Condition, *, word: str = "", suggest: Suggest | None = None) -> None:
    """Say what a filter of the search box keeps.

    Args:
        name: a filter of the language, such as ``album``.
        condition: returns what must hold of a photo, for a value.
        word: for a filter with a closed set of values, such as ``is``, the one value that is meant.
        suggest: returns values that hold a text, the likeliest first, and at most so many.
    """
    _conditions[name, word] = condition
    if suggest:
        _suggestions[name] = suggest


def find_by(words: Words) -> None:
    """Have photos found by more words: ``words(ids)`` returns texts for those that have any.

    Who registers it calls ``search.index`` for the photos whose words change.
    """
    if words not in _words:
        _words.append(words)


def condition(name: str, word: str) -> Condition | None:
    """Return what was registered for a filter, or for one of its words."""
    return _conditions.get((name, word)) or _conditions.get((name, ""))


def suggestions(name: str) -> Suggest | None:
    """Return what was registered."""
    return _suggestions.get(name)


def words() -> tuple[Words, ...]:
    """Return what was registered, in order."""
    return tuple(_words)


def on_siblings(siblings: Siblings) -> None:
    """Say which photos were made beside a photo: ``siblings(pk)`` returns some hundreds of keys at most."""
    if siblings not in _siblings:
        _siblings.append(siblings)


def siblings(photo_id: UUID) -> list[UUID]:
    """Return the keys of what was made beside a photo, as the apps above know it."""
    return [pk for known in _siblings for pk in known(photo_id)]


def offer_act(act: "Act") -> None:
    """Have something more that can be done to many photos at once."""
    _acts[act.verb] = act


def acts() -> "Mapping[str, Act]":
    """Return what was registered, by verb."""
    return dict(_acts)


def offer_list(list_in: ListIn) -> None:
    """Let photos be walked through in another list than the timeline.

    Args:
        list_in: returns the list an address's query names, or None when it names none of its kind.
    """
    if list_in not in _lists:
        _lists.append(list_in)


def lists() -> tuple[ListIn, ...]:
    """Return what was registered, in order."""
    return tuple(_lists)


def give_reason_to_keep(reasons: Reasons) -> None:
    """Have some photos called out before many are thrown away: ``reasons(ids)`` says of those why they matter."""
    if reasons not in _reasons:
        _reasons.append(reasons)


def reasons_to_keep() -> tuple[Reasons, ...]:
    """Return what was registered, in order."""
    return tuple(_reasons)
