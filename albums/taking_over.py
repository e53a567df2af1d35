"""Albums of pictures that look alike: the one that is kept takes the places of the others, and can give them back."""

from typing import Any
from uuid import UUID

from albums.models import Album, AlbumPhoto
from albums.searching import words
from photos.extensions import Belonging


def join(from_ids: list[UUID], into_id: UUID) -> dict[str, Any]:
    """Put a photo where others are, in every album it is not in, and on the covers they are on."""
    known = set(AlbumPhoto.objects.filter(photo=into_id).values_list("album_id", flat=True))
    theirs = AlbumPhoto.objects.filter(photo__in=from_ids).exclude(album__in=known).order_by("position", "pk")
    first = {place.album_id: place.position for place in reversed(theirs)}
    new = AlbumPhoto.objects.bulk_create(
        AlbumPhoto(album_id=album, photo_id=into_id, position=position) for album, position in first.items()
    )
    covers = list(Album.objects.filter(cover_photo__in=from_ids).values_list("pk", "cover_photo"))
    Album.objects.filter(pk__in=[album for album, _ in covers]).update(cover_photo=into_id)
    return {"albums": [str(place.album_id) for place in new], "covers": [[str(a), str(photo)] for a, photo in covers]}


def part(into_id: UUID, done: Any) -> None:
    """Take back what ``join`` did, as far as it still stands."""
    if not done:
        return
    AlbumPhoto.objects.filter(photo=into_id, album__in=done["albums"]).delete()
    for album, photo in done["covers"]:
        Album.objects.filter(pk=album, cover_photo=into_id).update(cover_photo=photo)


ALBUMS = Belonging("Albums", words, join, part)
