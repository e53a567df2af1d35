"""What the search box knows of albums: ``album:`` with its suggestions, and the words of their names."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Count, Q

from albums.models import Album, AlbumPhoto
from photos.choices import RetrievalStatus
from photos.extensions import Suggestion
from photos.searching.among import named_by


def in_album(name: str) -> Q:
    """Return the condition for photos in the album with this key or name, else in any whose name holds it."""
    if key := _key(name):
        return named_by(AlbumPhoto.objects.filter(album=key, album__deleted_at=None))
    albums = Album.objects.filter(name__iexact=name).values_list("pk", flat=True)
    found = list(albums) or list(Album.objects.filter(name__icontains=name).values_list("pk", flat=True))
    return named_by(AlbumPhoto.objects.filter(album__in=found)) if found else Q(pk__in=[])


def suggest(text: str, most: int) -> list[Suggestion]:
    """Return albums whose name holds ``text``, the fullest first."""
    shown = Q(photos__deleted_at=None, photos__retrieval_status=RetrievalStatus.COMPLETED)
    albums = Album.objects.filter(name__icontains=text).annotate(size=Count("photos", filter=shown))
    return [Suggestion(album.name, album.size) for album in albums.order_by("-size", "name")[:most]]


def words(photos: list[UUID]) -> dict[UUID, list[str]]:
    """Return the names of the albums that photos are in."""
    names: dict[UUID, list[str]] = defaultdict(list)
    places = AlbumPhoto.objects.filter(photo__in=photos, album__deleted_at=None).order_by("album_id")
    for photo, name in places.values_list("photo_id", "album__name"):
        names[photo].append(name)
    return names


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
