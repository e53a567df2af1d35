"""Into the trash, and out of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from photos import trashing
from photos.acts.act import Act, Before
from photos.models import BulkAction, Photo
from photos.querysets import PhotoQuerySet


class Trash(Act):
    """Throw photos away, to be restored or purged later."""

    verb = "trash"
    icon = "trash"
    doing = "Moving to the trash"
    news = "photos:gone"
    news_undone = "photos:back"

    def among(self, photos: PhotoQuerySet, value: str) -> PhotoQuerySet:
        """Keep those that are not in the trash."""
        return photos.filter(deleted_at=None)

    def do(self, ids: list[UUID], action: BulkAction) -> Before:
        """Throw them away."""
        keys = list(Photo.objects.locked(ids).filter(deleted_at=None).values_list("pk", flat=True))
        trashing.trash(keys)
        return dict.fromkeys(keys)

    def undo(self, before: Mapping[UUID, Any], action: BulkAction) -> None:
        """Bring them back."""
        trashing.restore(before)

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        return f"{pictures} moved to the trash"

    def unsaid(self, pictures: str, value: str) -> str:
        """Say that they are back."""
        return f"Back from the trash: {pictures}"


class Restore(Act):
    """Bring photos back from the trash."""

    verb = "restore"
    icon = "restore"
    doing = "Restoring"
    news = "photos:gone"
    news_undone = "photos:back"

    def among(self, photos: PhotoQuerySet, value: str) -> PhotoQuerySet:
        """Keep those that can come back."""
        return photos.trashed()

    def do(self, ids: list[UUID], action: BulkAction) -> Before:
        """Bring them back."""
        before = {pk: moment.isoformat() for pk, moment in _thrown_away(ids)}
        trashing.restore(before)
        return dict(before)

    def undo(self, before: Mapping[UUID, Any], action: BulkAction) -> None:
        """Throw them away again, on the day they were thrown away first."""
        for moment in set(before.values()):
            keys = [pk for pk, was in before.items() if was == moment]
            Photo.objects.filter(pk__in=keys, deleted_at=None).update(deleted_at=moment)

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        return f"{pictures} restored"

    def unsaid(self, pictures: str, value: str) -> str:
        """Say that they are in the trash."""
        return f"In the trash again: {pictures}"


def _thrown_away(ids: list[UUID]) -> list[tuple[UUID, Any]]:
    return list(Photo.objects.locked(ids).trashed().values_list("pk", "deleted_at"))
