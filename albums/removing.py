"""Taking photos out of an album, as something that can be done to many and taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from albums.acting import name_of
from albums.models import Album, AlbumPhoto
from lib import clock
from photos.acts.act import Act, Before
from photos.models import BulkAction, Photo
from photos.querysets import PhotoQuerySet
from photos.searching import search


class RemoveFromAlbum(Act):
    """Take photos out of the album whose key is the value; undo gives each its place back."""

    verb = "leave-album"
    icon = "albums"
    doing = "Taking out of the album"
    news = "albums:gone"
    news_undone = "albums:back"

    def among(self, photos: PhotoQuerySet, value: str) -> PhotoQuerySet:
        """Keep those that are in it."""
        return photos.filter(pk__in=AlbumPhoto.objects.filter(album=UUID(value)).values("photo"))

    def do(self, ids: list[UUID], action: BulkAction) -> Before:
        """Take them out; remember the places."""
        Album.with_deleted.filter(pk=action.value).update(updated_at=clock.now())
        places = AlbumPhoto.objects.filter(album=UUID(action.value), photo__in=ids)
        before = {place.photo_id: [place.position, place.added_at.isoformat()] for place in places}
        places.delete()
        search.index(before)
        return dict(before)

    def undo(self, before: Mapping[UUID, Any], action: BulkAction) -> None:
        """Put them back where they were; one that was added again meanwhile stays where it is."""
        if not Album.with_deleted.filter(pk=action.value).update(updated_at=clock.now()):
            return
        here = set(Photo.objects.filter(pk__in=before, purged_at=None).values_list("pk", flat=True))
        places = [
            AlbumPhoto(album_id=action.value, photo_id=pk, position=position, added_at=datetime.fromisoformat(added_at))
            for pk, (position, added_at) in before.items()
            if pk in here
        ]
        AlbumPhoto.objects.bulk_create(places, ignore_conflicts=True)
        search.index(here)

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        return f"{pictures} taken out of “{name_of(value)}”"

    def unsaid(self, pictures: str, value: str) -> str:
        """Say that they are back."""
        return f"{pictures} back in “{name_of(value)}”"

    def nothing(self, value: str) -> str:
        """Say that there was nothing to do."""
        return f"None of them is in “{name_of(value)}”"
