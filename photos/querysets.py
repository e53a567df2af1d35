"""Questions about many photos."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from photos.choices import RetrievalStatus, UploadStatus

if TYPE_CHECKING:
    from photos.models import IncomingUpload, Photo  # noqa: F401


class PhotoQuerySet(models.QuerySet["Photo"]):
    """The vocabulary for asking about photos."""

    def visible(self) -> Self:
        """Keep what the timeline shows: fetched, and not in the trash."""
        return self.filter(deleted_at=None, retrieval_status=RetrievalStatus.COMPLETED)

    def trashed(self) -> Self:
        """Keep what can still be restored."""
        return self.filter(deleted_at__isnull=False, purged_at=None)

    def generated(self) -> Self:
        """Keep the pictures a model made."""
        return self.filter(is_generated=True)

    def photographs(self) -> Self:
        """Keep what no model made, as far as is known."""
        return self.filter(is_generated=False)

    def awaiting_retrieval(self, *, now: datetime) -> Self:
        """Keep the pictures that should be fetched now: neither leased nor resting."""
        due = Q(next_retrieval_at=None) | Q(next_retrieval_at__lte=now)
        return self.filter(due, retrieval_status=RetrievalStatus.PENDING, deleted_at=None)

    def not_here(self) -> Self:
        """Keep the pictures that are known and not fetched, waiting or failed."""
        return self.exclude(retrieval_status=RetrievalStatus.COMPLETED).filter(deleted_at=None)

    def for_grid(self) -> Self:
        """Load exactly what one grid cell shows."""
        return self.only(
            "filename", "original_name", "title", "width", "height", "placeholder", "taken_at", "is_generated",
            "is_favorite", "generation_prompt", "checksum", "local_thumbnail_path", "mime_type",
        )  # fmt: skip


class IncomingUploadQuerySet(models.QuerySet["IncomingUpload"]):
    """The vocabulary for asking about files that were handed in."""

    def waiting(self) -> Self:
        """Keep what the worker has not decided about."""
        return self.filter(status=UploadStatus.RECEIVED)

    def free(self, *, now: datetime) -> Self:
        """Keep what nobody is looking at just now."""
        return self.waiting().filter(Q(lease_until=None) | Q(lease_until__lt=now))
