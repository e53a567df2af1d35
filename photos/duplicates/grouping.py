"""What waits for a decision, as groups of pictures that look alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from photos.duplicates.comparing import Compared, compare
from photos.duplicates.models import DuplicatePair
from photos.models import Photo

PAGE_SIZE = 10
# The nearest pairs come first; others follow as these are decided.
CONSIDERED = 2000
# A burst is decided in parts.
SHOWN = 9


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures that look alike, and how many more there are of them."""

    pictures: list[Compared]
    more: int

    @property
    def key(self) -> UUID:
        """A name for the page."""
        return self.pictures[0].photo.pk


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Some groups.

    Attributes:
        groups: those of this page, nearest first.
        number: of this page, from 1.
        pages: how many pages there are.
        total: how many groups there are.
        is_all: whether they are all there is, or only the nearest.
    """

    groups: list[Group]
    number: int
    pages: int
    total: int
    is_all: bool

    @property
    def newer(self) -> int:
        """The page before, or 0."""
        return self.number - 1

    @property
    def older(self) -> int:
        """The page after, or 0."""
        return self.number + 1 if self.number < self.pages else 0


def page_of(number: int) -> GroupPage:
    """Return a page of groups, or the nearest page there is, in a constant number of queries."""
    pairs = list(_open_pairs())
    families = _families(pairs)
    pages = max(1, -(-len(families) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    shown = families[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return GroupPage(_loaded(shown), number, pages, len(families), is_all=len(pairs) < CONSIDERED)


def _open_pairs() -> Iterable[tuple[UUID, UUID]]:
    nearest = DuplicatePair.objects.open().order_by("distance", "id")
    return nearest.values_list("photo_a", "photo_b")[:CONSIDERED]


def _families(pairs: Iterable[tuple[UUID, UUID]]) -> list[list[UUID]]:
    """Return which photos are connected by pairs, in the order of the pairs."""
    family_of: dict[UUID, list[UUID]] = {}
    for one, other in pairs:
        mine, theirs = family_of.setdefault(one, [one]), family_of.setdefault(other, [other])
        if mine is not theirs:
            mine.extend(theirs)
            family_of.update(dict.fromkeys(theirs, mine))
    return list({id(family): family for family in family_of.values()}.values())


def _loaded(families: list[list[UUID]]) -> list[Group]:
    keys = [pk for family in families for pk in family[:SHOWN]]
    photos = {photo.pk: photo for photo in Photo.objects.filter(pk__in=keys).for_comparing()}
    groups = [[photos[pk] for pk in family[:SHOWN] if pk in photos] for family in families]
    compared = compare(groups)
    return [Group(pictures, len(family) - len(pictures)) for pictures, family in zip(compared, families, strict=True)]
