"""Putting photos into an album, and taking them out."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from albums.models import Album, AlbumPhoto
from lib import clock
from photos.searching import search

# Between two neighbours there is room for others, so that moving one photo changes one row.
GAP = 1024
BATCH = 500


def add(album: Album, photo_ids: Iterable[UUID]) -> int:
    """Put photos at the end of an album, in the order given; those that are in it stay where they are.

    Safe to repeat.

    Args:
        album: where.
        photo_ids: ids of photos of the library.

    Returns:
        How many were not in the album before.
    """
    return sum(_add_some(album, some) for some in _batches(photo_ids))


def album_named(name: str) -> Album:
    """Return the album of this name, the oldest if there are several, making it if there is none."""
    named: Album = Album.objects.filter(name=name).order_by("created_at").first() or Album.objects.create(name=name)
    return named


def remove(album: Album, photo_ids: Iterable[UUID]) -> int:
    """Take photos out of an album. Return how many were in it."""
    return sum(_remove_some(album, some) for some in _batches(photo_ids))


def _remove_some(album: Album, ids: list[UUID]) -> int:
    with transaction.atomic():
        Album.objects.filter(pk=album.pk).update(updated_at=clock.now())
        count, _ = AlbumPhoto.objects.filter(album=album, photo__in=ids).delete()
        search.index(ids)
    return count


def _add_some(album: Album, ids: list[UUID]) -> int:
    with transaction.atomic():
        # The first write takes the album's turn, on both databases: two who add at once get places one after the other.
        Album.objects.filter(pk=album.pk).update(updated_at=clock.now())
        inside = set(AlbumPhoto.objects.filter(album=album, photo__in=ids).values_list("photo_id", flat=True))
        new = [pk for pk in ids if pk not in inside]
        begin = _end_of(album)
        places = [
            AlbumPhoto(album=album, photo_id=pk, position=begin + GAP * number)
            for number, pk in enumerate(new, start=1)
        ]
        AlbumPhoto.objects.bulk_create(places)
        if new:
            search.index(new)
    return len(new)


def _end_of(album: Album) -> int:
    last: int | None = AlbumPhoto.objects.filter(album=album).aggregate(last=Max("position"))["last"]
    return last or 0


def _batches(photo_ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    """Hand the ids out once each, in pieces a database takes."""
    ids = list(dict.fromkeys(photo_ids))
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
