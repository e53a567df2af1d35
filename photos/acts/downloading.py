"""Originals together in one ZIP."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from photos.acts.act import Act, Before
from photos.files import archiving
from photos.models import BulkAction
from photos.querysets import PhotoQuerySet

# What is written within a second or two, while the browser waits.
QUICK_BYTES, QUICK_PHOTOS = 64 * 1024 * 1024, 100


class Download(Act):
    """Build a ZIP of the originals; the value ``without`` leaves their metadata out. A worker builds the large ones.

    What could not be put in is kept as what it "was before": a sentence for the archive's README.
    """

    verb = "download"
    icon = "download"
    doing = "Packing the originals"
    part_size = 10
    is_slow = True
    can_be_undone = False
    news = "photos:packed"

    def among(self, photos: PhotoQuerySet, value: str) -> PhotoQuerySet:
        """Keep those whose file is here."""
        return photos.with_file()

    def is_quick(self, photos: PhotoQuerySet, value: str) -> bool:
        """Tell whether they are few and small. Taking metadata out may mean decoding, which is a worker's."""
        if value == archiving.WITHOUT:
            return False
        sizes = photos.order_by()[: QUICK_PHOTOS + 1].values("pk", "file_size")
        found = [row["file_size"] for row in sizes]
        return len(found) <= QUICK_PHOTOS and sum(found) <= QUICK_BYTES

    def prepare(self, action: BulkAction) -> None:
        """Look whether there is room, and whether the archive is as it was left."""
        archiving.prepare(action)

    def do(self, ids: list[UUID], action: BulkAction) -> Before:
        """Put them in. Return why those that are missing are missing."""
        return dict(archiving.add(action, ids))

    def undo(self, before: Mapping[UUID, Any], action: BulkAction) -> None:
        """Nothing was changed."""

    def finish(self, action: BulkAction) -> None:
        """Tell in the archive what is missing from it."""
        archiving.finish(action)

    def forget(self, action: BulkAction) -> None:
        """Remove the archive."""
        archiving.remove(action)

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        return f"The ZIP with {pictures} is ready"

    def left_out(self, pictures: str) -> str:
        """Say where the reasons are."""
        return f"{pictures} could not come, its README says why"

    def stopped(self, pictures: str, value: str) -> str:
        """Say that there is none."""
        return "Cancelled: no ZIP was made"

    def nothing(self, value: str) -> str:
        """Say that there was nothing to do."""
        return "None of them has its file here"
