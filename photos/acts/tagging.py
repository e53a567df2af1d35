"""Tags, added and removed. The value holds their names apart by commas."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from photos import tags
from photos.acts.act import Act, Before
from photos.choices import TraitKind
from photos.models import BulkAction, Photo, PhotoTrait
from photos.querysets import PhotoQuerySet
from photos.searching import search
from photos.searching.among import named_by


class Tag(Act):
    """Give photos tags."""

    verb = "tag"
    icon = "tag"
    doing = "Tagging"
    news = "photos:tagged"
    news_undone = "photos:again"

    def among(self, photos: PhotoQuerySet, value: str) -> PhotoQuerySet:
        """Keep all: which of several tags each has would cost more to ask than to add them."""
        return photos

    def do(self, ids: list[UUID], action: BulkAction) -> Before:
        """Add them."""
        here = Photo.objects.filter(pk__in=ids).values_list("pk", flat=True)
        return _indexed(tags.put(dict.fromkeys(here, tags.names_in(action.value))))

    def undo(self, before: Mapping[UUID, Any], action: BulkAction) -> None:
        """Take away what each did not have."""
        _indexed(tags.drop(before))

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        return f"{pictures} tagged {quoted(value)}"

    def nothing(self, value: str) -> str:
        """Say that there was nothing to do."""
        return "All of them have that already"


class Untag(Act):
    """Take tags from photos."""

    verb = "untag"
    icon = "tag"
    doing = "Removing tags"
    news = "photos:tagged"
    news_undone = "photos:again"

    def among(self, photos: PhotoQuerySet, value: str) -> PhotoQuerySet:
        """Keep those that have one of them."""
        folded = [name.casefold() for name in tags.names_in(value)]
        return photos.filter(named_by(PhotoTrait.objects.filter(trait__kind=TraitKind.TAG, trait__folded__in=folded)))

    def do(self, ids: list[UUID], action: BulkAction) -> Before:
        """Take them away."""
        return _indexed(tags.drop(dict.fromkeys(ids, tags.names_in(action.value))))

    def undo(self, before: Mapping[UUID, Any], action: BulkAction) -> None:
        """Give each back what it had."""
        here = Photo.objects.filter(pk__in=before).values_list("pk", flat=True)
        _indexed(tags.put({pk: before[pk] for pk in here}))

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        return f"{quoted(value)} removed from {pictures}"

    def nothing(self, value: str) -> str:
        """Say that there was nothing to do."""
        return "None of them has that tag"


def quoted(value: str) -> str:
    """Return tags as they stand in a sentence."""
    return ", ".join(f"“{name}”" for name in tags.names_in(value))


def _indexed(changed: dict[UUID, list[str]]) -> Before:
    search.index(changed)
    return dict(changed)
