"""How the steps of a session lie as a tree: a row for each, and a lane for each branch.

The newest step that grew from another goes on below it in the same lane; the ones before it are branches to the side.
So a dead end is set aside, and the way that is worked on stays straight.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Place:
    """Where one step lies.

    Attributes:
        key: whose place it is.
        parent: what it grew from; None for what grew from nothing here.
        lane: how far it stands to the side.
        level: how many it descends from, itself included.
        is_side: whether it branches off, and something newer goes on in its parent's lane.
        below: how many descend from it.
    """

    key: UUID
    parent: UUID | None
    lane: int
    level: int
    is_side: bool
    below: int = 0


def laid_out(parents: Mapping[UUID, UUID | None]) -> list[Place]:
    """Return a place for each key: what grew from it follows it, all of a branch before the next one.

    Args:
        parents: what each grew from, the oldest first. A parent that is not among the keys counts as none.
    """
    children: dict[UUID | None, list[UUID]] = defaultdict(list)
    for key, parent in parents.items():
        children[parent if parent in parents else None].append(key)
    return _counted(list(_walk(children)))


def way_to(places: Iterable[Place], here: UUID | None) -> list[UUID]:
    """Return the keys from a root to ``here``; empty when it has no place."""
    parents = {place.key: place.parent for place in places}
    way: dict[UUID, None] = {}
    while here in parents and here not in way:
        way[here] = None
        here = parents[here]
    return list(way)[::-1]


def passing(places: Sequence[Place], way: Sequence[UUID]) -> dict[UUID, int]:
    """Return which rows the way only passes by, and in which lane: those between two of its steps."""
    row_of = {place.key: row for row, place in enumerate(places)}
    passed: dict[UUID, int] = {}
    for above, below in pairwise(way):
        first, last = row_of[above], row_of[below]
        passed |= {place.key: places[first].lane for place in places[first + 1 : last]}
    return passed


def branch_of(places: Iterable[Place], key: UUID) -> list[UUID]:
    """Return a key and all that descend from it, in the order of ``places``."""
    found = [key]
    known = {key}
    for place in places:
        if place.parent in known:
            known.add(place.key)
            found.append(place.key)
    return found


def _walk(children: Mapping[UUID | None, list[UUID]]) -> Iterator[Place]:
    waiting = [Place(key, None, lane=0, level=1, is_side=False) for key in reversed(children[None])]
    while waiting:
        place = waiting.pop()
        yield place
        grown = children.get(place.key, [])
        waiting += [_grown(place, key, is_side=key != grown[-1]) for key in reversed(grown)]


def _grown(parent: Place, key: UUID, *, is_side: bool) -> Place:
    return Place(key, parent.key, lane=parent.lane + is_side, level=parent.level + 1, is_side=is_side)


def _counted(places: list[Place]) -> list[Place]:
    below: dict[UUID, int] = defaultdict(int)
    for place in reversed(places):
        if place.parent:
            below[place.parent] += below[place.key] + 1
    return [replace(place, below=below[place.key]) for place in places]
