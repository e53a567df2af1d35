"""Moving photos within an album.

Positions have room between them, so a photo that moves between two others takes one UPDATE. Where the room is used up,
only the few places around are spread out. Nobody's list of all photos is ever written back: a move says beside which
photo another goes, so two who move at once neither lose nor double one.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from albums import arranging
from albums.adding import GAP
from albums.models import Album, AlbumPhoto
from albums.querysets import AlbumPhotoQuerySet
from lib import clock

# Within what a database's integer holds, with room for what comes.
FURTHEST = 2_000_000_000
# What is spread out leaves so much room for the next ones, and so many places are tried first.
ROOM, NEAR = 16, 8


class NotInAlbum(Exception):
    """The photo beside which something was to go is not in the album any more."""


def put_after(album: UUID, photos: Iterable[UUID], anchor: UUID) -> int:
    """Put photos, in the order given, right after another one; return how many.

    Raises:
        NotInAlbum: when that one is gone.
    """
    with transaction.atomic():
        moving, others = _take_turn(album, photos, anchor)
        low = others.filter(photo=anchor).get()
        return _put(moving, others, low, others.after(low).first())


def put_before(album: UUID, photos: Iterable[UUID], anchor: UUID) -> int:
    """Put photos, in the order given, right before another one; return how many.

    Raises:
        NotInAlbum: when that one is gone.
    """
    with transaction.atomic():
        moving, others = _take_turn(album, photos, anchor)
        high = others.filter(photo=anchor).get()
        return _put(moving, others, others.before(high).first(), high)


def put_first(album: UUID, photos: Iterable[UUID]) -> int:
    """Put photos at the start, in the order given; return how many."""
    with transaction.atomic():
        moving, others = _take_turn(album, photos)
        return _put(moving, others, None, others.in_order().first())


def put_last(album: UUID, photos: Iterable[UUID]) -> int:
    """Put photos at the end, in the order given; return how many."""
    with transaction.atomic():
        moving, others = _take_turn(album, photos)
        return _put(moving, others, others.order_by("-position", "-pk").first(), None)


def take_turn(album: UUID) -> AlbumPhotoQuerySet:
    """Return all places of an album, each with a position, for a transaction that moves some.

    The first write takes the album's turn, on both databases: two who move at once do so one after the other.
    """
    Album.objects.filter(pk=album).update(updated_at=clock.now())
    places = AlbumPhoto.objects.filter(album=album)
    if places.filter(position=None).exists():
        arranging.renumber(album)
    return places


def _take_turn(
    album: UUID, photos: Iterable[UUID], anchor: UUID | None = None
) -> tuple[list[AlbumPhoto], AlbumPhotoQuerySet]:
    """Return the places that move, in the order of their photos, and the other ones."""
    places = take_turn(album)
    named = [pk for pk in dict.fromkeys(photos) if pk != anchor]
    found = {place.photo_id: place for place in places.filter(photo__in=named)}
    moving = [found[pk] for pk in named if pk in found]
    others = places.exclude(pk__in=[place.pk for place in moving])
    if anchor and not others.filter(photo=anchor).exists():
        raise NotInAlbum
    return moving, others


def _put(moving: list[AlbumPhoto], others: AlbumPhotoQuerySet, low: AlbumPhoto | None, high: AlbumPhoto | None) -> int:
    if not moving:
        return 0
    positions = _between(len(moving), _position(low), _position(high))
    if positions is None and low:
        _spread(moving, others, low)
    elif positions is None or abs(positions[0]) > FURTHEST or abs(positions[-1]) > FURTHEST:
        _begin_anew(moving, others, low, high)
    else:
        _write(moving, positions)
    return len(moving)


def _between(count: int, low: int | None, high: int | None) -> list[int] | None:
    """Return so many positions between two, apart as far as possible; None when there is no room."""
    if high is None:
        return [(low or 0) + GAP * number for number in range(1, count + 1)]
    if low is None:
        return [high - GAP * number for number in range(count, 0, -1)]
    if high - low <= count:
        return None
    return [low + (high - low) * number // (count + 1) for number in range(1, count + 1)]


def _spread(moving: list[AlbumPhoto], others: AlbumPhotoQuerySet, low: AlbumPhoto) -> None:
    """Give what moves, and as few of the following places as need be, new positions."""
    near = NEAR
    while True:
        following = list(others.after(low)[: near + 1])
        beyond = following[near].position if len(following) > near else None
        places = moving + following[:near]
        positions = _between(len(places), low.position, beyond)
        if positions and (beyond is None or beyond - (low.position or 0) > ROOM * len(places)):
            return _write(places, positions)
        near *= 2


def _begin_anew(
    moving: list[AlbumPhoto], others: AlbumPhotoQuerySet, low: AlbumPhoto | None, high: AlbumPhoto | None
) -> None:
    """Number the whole album anew, because the integers end here: once in millions of moves."""
    arranging.renumber(moving[0].album_id)
    for place in filter(None, (low, high)):
        place.refresh_from_db(fields=["position"])
    _put(moving, others, low, high)


def _write(places: list[AlbumPhoto], positions: list[int]) -> None:
    changed = []
    for place, position in zip(places, positions, strict=True):
        if place.position != position:
            place.position = position
            changed.append(place)
    if len(changed) == 1:
        AlbumPhoto.objects.filter(pk=changed[0].pk).update(position=changed[0].position)
    else:
        AlbumPhoto.objects.bulk_update(changed, ["position"], batch_size=250)


def _position(place: AlbumPhoto | None) -> int | None:
    return place.position if place else None
