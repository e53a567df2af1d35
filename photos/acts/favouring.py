"""Favourites, and no longer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from photos.acts.act import Act, Before
from photos.models import BulkAction, Photo
from photos.querysets import PhotoQuerySet


class Favour(Act):
    """Make photos favourites."""

    verb = "favourite"
    icon = "heart"
    doing = "Adding to favourites"
    news = "photos:favourite"
    news_undone = "photos:unfavourite"
    on = True

    def among(self, photos: PhotoQuerySet, value: str) -> PhotoQuerySet:
        """Keep those that are not what they would become."""
        return photos.filter(is_favorite=not self.on)

    def do(self, ids: list[UUID], action: BulkAction) -> Before:
        """Mark them."""
        return dict.fromkeys(_mark(ids, on=self.on))

    def undo(self, before: Mapping[UUID, Any], action: BulkAction) -> None:
        """Mark them as they were."""
        _mark(list(before), on=not self.on)

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        return f"{pictures} added to favourites"

    def nothing(self, value: str) -> str:
        """Say that there was nothing to do."""
        return "All of them are favourites already"


class Unfavour(Favour):
    """Make photos no favourites any more."""

    verb = "unfavourite"
    doing = "Removing from favourites"
    news = "photos:unfavourite"
    news_undone = "photos:favourite"
    on = False

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        return f"{pictures} removed from favourites"

    def nothing(self, value: str) -> str:
        """Say that there was nothing to do."""
        return "None of them is a favourite"


def _mark(ids: list[UUID], *, on: bool) -> list[UUID]:
    changing = Photo.objects.locked(ids).filter(is_favorite=not on)
    keys = list(changing.values_list("pk", flat=True))
    Photo.objects.filter(pk__in=keys).mark_favourite(on=on)
    return keys
