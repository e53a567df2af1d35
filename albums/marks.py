"""Marks on the cards of albums, which apps above give: such as that one is shared."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Mark:
    """A small icon and what it says; ``among(albums)`` returns those of some albums that bear it."""

    icon: str
    label: str
    among: Callable[[list[UUID]], set[UUID]]


_marks: dict[str, Mark] = {}


def offer(mark: Mark) -> None:
    """Have a mark on the cards of the albums that bear it."""
    _marks[mark.label] = mark


def marks_of(albums: list[UUID]) -> dict[UUID, list[Mark]]:
    """Return the marks of some albums. It costs a query for each kind of mark."""
    bearing = {mark.label: mark.among(albums) for mark in _marks.values()} if albums else {}
    return {pk: [mark for mark in _marks.values() if pk in bearing[mark.label]] for pk in albums}
