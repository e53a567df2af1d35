"""Putting all photos of an album in order at once, by one statement, and taking that back."""

import uuid
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from albums.adding import GAP
from albums.models import Album, AlbumPhoto
from lib import clock

COLUMNS = {
    "oldest": "p.taken_at, p.id",
    "newest": "p.taken_at DESC, p.id DESC",
    "name": "lower(p.original_name), p.id",
    "rating": "p.rating DESC, p.taken_at DESC, p.id DESC",
}
_NUMBER = (
    "UPDATE album_photos SET former_position = position, position = numbered.number * {gap} FROM ("
    "SELECT a.id AS place, row_number() OVER (ORDER BY {columns}) AS number"
    " FROM album_photos a JOIN photos p ON p.id = a.photo_id WHERE a.album_id = %s"
    ") AS numbered WHERE album_photos.id = numbered.place"
)


def arrange(album: UUID, by: str) -> UUID:
    """Put all photos in order, what is in the trash too, and remember where they stood.

    Args:
        album: whose photos.
        by: one of ``COLUMNS``.

    Returns:
        What ``take_back`` takes.
    """
    arrangement = uuid.uuid4()
    with transaction.atomic():
        Album.objects.filter(pk=album).update(updated_at=clock.now(), arrangement=arrangement)
        _number(album, COLUMNS[by])
    return arrangement


def take_back(album: UUID, arrangement: UUID) -> bool:
    """Put the photos back where they stood; False when that is done already, or they were arranged anew since.

    What was added since stays where it is.
    """
    with transaction.atomic():
        changes = {"arrangement": None, "updated_at": clock.now()}
        if not Album.objects.filter(pk=album, arrangement=arrangement).update(**changes):
            return False
        AlbumPhoto.objects.filter(album=album, former_position__isnull=False).update(position=F("former_position"))
    return True


def renumber(album: UUID) -> None:
    """Give all photos new positions in the order they have; those without one go to the end."""
    Album.objects.filter(pk=album).update(arrangement=None)
    _number(album, "a.position IS NULL, a.position, a.id")


def _number(album: UUID, columns: str) -> None:
    key = Album._meta.pk.get_db_prep_value(album, connection)
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER.format(gap=GAP, columns=columns), [key])
