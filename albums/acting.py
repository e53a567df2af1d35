"""Adding photos to an album, as something that can be done to many and taken back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from albums import adding
from albums.models import Album, AlbumPhoto
from photos.acts.act import Act, Before, CannotGoOn
from photos.models import BulkAction, Photo
from photos.querysets import PhotoQuerySet

GONE = "The album was deleted meanwhile. The pictures are untouched."


class AddToAlbum(Act):
    """Put photos at the end of an album, whose key is the value."""

    verb = "album"
    icon = "albums"
    doing = "Adding to the album"

    def among(self, photos: PhotoQuerySet, value: str) -> PhotoQuerySet:
        """Keep those that are not in it."""
        return photos.exclude(pk__in=AlbumPhoto.objects.filter(album=UUID(value)).values("photo"))

    def do(self, ids: list[UUID], action: BulkAction) -> Before:
        """Add them in their order."""
        album = Album.objects.filter(pk=action.value).first()
        if album is None:
            raise CannotGoOn(GONE)
        inside = set(AlbumPhoto.objects.filter(album=album, photo__in=ids).values_list("photo_id", flat=True))
        here = set(Photo.objects.filter(pk__in=ids).values_list("pk", flat=True))
        new = [pk for pk in ids if pk in here and pk not in inside]
        adding.add(album, new)
        return dict.fromkeys(new)

    def undo(self, before: Mapping[UUID, Any], action: BulkAction) -> None:
        """Take them out again."""
        if album := Album.objects.filter(pk=action.value).first():
            adding.remove(album, before)

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        return f"{pictures} added to “{name_of(value)}”"

    def unsaid(self, pictures: str, value: str) -> str:
        """Say that they are out again."""
        return f"{pictures} taken out of “{name_of(value)}” again"

    def nothing(self, value: str) -> str:
        """Say that there was nothing to do."""
        return f"All of them are in “{name_of(value)}” already"


def name_of(key: str) -> str:
    """Return the name of an album for a sentence, whether it is there or not."""
    album = Album.objects.filter(pk=key).only("name").first()
    return album.name if album else "an album that is gone"
