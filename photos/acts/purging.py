"""Out of the trash, for good."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from photos import trashing
from photos.acts.act import Act, Before
from photos.models import BulkAction, Photo
from photos.querysets import PhotoQuerySet

SKIPPING_TRASH = "skipping the trash"


class Purge(Act):
    """Remove photos of the trash with their files; a worker does it, however few they are.

    With the value ``SKIPPING_TRASH`` those that are not in the trash go as well.

    Those that stay are kept as what they "were before": restored meanwhile, or with a file the disk does not let go.
    """

    verb = "purge"
    icon = "trash"
    doing = "Deleting for good"
    part_size = 100
    is_slow = True
    can_be_undone = False
    news = "photos:gone"

    def among(self, photos: PhotoQuerySet, value: str) -> PhotoQuerySet:
        """Keep what is in the trash, or whatever is still there."""
        return photos.filter(purged_at=None) if value == SKIPPING_TRASH else photos.trashed()

    def is_quick(self, photos: PhotoQuerySet, value: str) -> bool:
        """Never: files are removed."""
        return False

    def do(self, ids: list[UUID], action: BulkAction) -> Before:
        """Remove them, but not what was restored since the owner said so, even if it is in the trash again."""
        if action.value == SKIPPING_TRASH:
            trashing.trash(ids)
        trashing.purge(ids, before=None if action.value == SKIPPING_TRASH else action.created_at)
        return dict.fromkeys(_still_there(ids))

    def undo(self, before: Mapping[UUID, Any], action: BulkAction) -> None:
        """There is no way back."""

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        return f"{pictures} deleted for good"

    def left_out(self, pictures: str) -> str:
        """Say what stayed."""
        return f"{pictures} stayed: restored meanwhile, or the disk does not let go of a file yet"

    def nothing(self, value: str) -> str:
        """Say that there was nothing to do."""
        if value == SKIPPING_TRASH:
            return super().nothing(value)
        return "Nothing of that is in the trash any more"


def _still_there(ids: list[UUID]) -> list[UUID]:
    rows = Photo.objects.filter(pk__in=ids)
    restored = rows.filter(purged_at=None)
    return list((restored | rows.exclude(local_storage_path=None)).values_list("pk", flat=True))
