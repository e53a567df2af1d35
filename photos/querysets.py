"""Questions about many photos."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from photos.choices import BulkState, RetrievalStatus, TraitKind, UploadStatus

if TYPE_CHECKING:
    from photos.models import BulkAction, IncomingUpload, Photo, Trait  # noqa: F401 - named in a string below

# How long one worker may keep a row to itself; a killed one loses it after that.
RETRIEVAL_LEASE = timedelta(minutes=5)
UPLOAD_LEASE = timedelta(minutes=3)
BULK_LEASE = timedelta(minutes=3)

# How exactly it is known when a photo was last opened: reading must not become writing.
OPENED_AT_MOST_EACH = timedelta(hours=1)

# A file that kills its worker each time is not tried for ever.
THUMBNAIL_ATTEMPTS = 3
UPLOAD_ATTEMPTS = 4
BULK_ATTEMPTS = 5

# What one grid cell shows.
GRID_FIELDS = (
    "filename", "original_name", "title", "width", "height", "placeholder", "taken_at", "is_generated", "is_favorite",
    "generation_prompt", "checksum", "local_storage_path", "local_thumbnail_path", "retrieval_status", "mime_type",
    "deleted_at",
)  # fmt: skip


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

    def favourites(self) -> Self:
        """Keep what the owner marked."""
        return self.filter(is_favorite=True)

    def with_thumbnail(self) -> Self:
        """Keep what has its thumbnail."""
        return self.filter(local_thumbnail_path__isnull=False)

    def mark_favourite(self, *, on: bool) -> int:
        """Make all of them favourites, or none; return how many changed."""
        return self.filter(is_favorite=not on).update(is_favorite=on)

    def note_opened(self, pk: UUID, *, now: datetime) -> bool:
        """Note that one photo was looked at, at most hourly; tell whether that was noted."""
        long_ago = Q(last_accessed_at=None) | Q(last_accessed_at__lt=now - OPENED_AT_MOST_EACH)
        return self.filter(long_ago, pk=pk).update(last_accessed_at=now) == 1

    def awaiting_retrieval(self, *, now: datetime) -> Self:
        """Keep the pictures that should be fetched now: neither leased nor resting."""
        due = Q(next_retrieval_at=None) | Q(next_retrieval_at__lte=now)
        return self.filter(due, retrieval_status=RetrievalStatus.PENDING, deleted_at=None)

    def not_here(self) -> Self:
        """Keep the pictures that are known and not fetched, waiting or failed."""
        return self.exclude(retrieval_status=RetrievalStatus.COMPLETED).filter(deleted_at=None)

    def claim_retrieval(self, pk: UUID, *, now: datetime) -> "Photo | None":
        """Lease one picture that is due, counting the attempt before the fetch begins; None when it is not free."""
        won = self.awaiting_retrieval(now=now).filter(pk=pk).update(
            retrieval_attempts=F("retrieval_attempts") + 1,
            last_retrieval_attempt=now,
            next_retrieval_at=now + RETRIEVAL_LEASE,
        )  # fmt: skip
        return self.get(pk=pk) if won else None

    def retrieval_failed(self, pk: UUID, *, error: str, next_at: datetime | None) -> bool:
        """Note why a fetch failed; False when the picture is no longer waited for.

        Args:
            pk: whose fetch it was.
            error: a sentence the owner may read.
            next_at: when to try again; None lets the picture rest until the owner retries.
        """
        status = RetrievalStatus.PENDING if next_at else RetrievalStatus.FAILED
        changed = self.filter(pk=pk, retrieval_status=RetrievalStatus.PENDING).update(
            retrieval_status=status, retrieval_error=error, next_retrieval_at=next_at
        )
        return changed == 1

    def locked(self, ids: Iterable[UUID]) -> Self:
        """Keep these, untouched by anybody else until the transaction ends. SQLite has a single writer anyway."""
        return self.filter(pk__in=ids).select_for_update().order_by("pk")

    def with_file(self) -> Self:
        """Keep what has its original, in the trash or not."""
        here = self.filter(retrieval_status=RetrievalStatus.COMPLETED, purged_at=None)
        return here.filter(local_storage_path__isnull=False)

    def needing_thumbnails(self) -> Self:
        """Keep what is here without a thumbnail and has not failed too often."""
        return self.with_file().filter(local_thumbnail_path=None, thumbnail_attempts__lt=THUMBNAIL_ATTEMPTS)

    def claim_thumbnail(self, pk: UUID) -> "Photo | None":
        """Count an attempt before the work begins; None when there is nothing to make, or it failed too often."""
        won = self.needing_thumbnails().filter(pk=pk).update(thumbnail_attempts=F("thumbnail_attempts") + 1)
        return self.get(pk=pk) if won else None

    def for_grid(self) -> Self:
        """Load exactly what one grid cell shows."""
        return self.only(*GRID_FIELDS)

    def for_viewer(self) -> Self:
        """Load what a page needs to have a neighbour ready: the cell's fields, and whether it is a film."""
        return self.only(*GRID_FIELDS, "metadata")

    def for_comparing(self) -> Self:
        """Load exactly what is told of pictures side by side."""
        return self.only(
            "filename", "original_name", "title", "width", "height", "placeholder", "taken_at", "is_generated",
            "generation_prompt", "generation_params", "model_name", "checksum", "local_storage_path", "file_size",
            "local_thumbnail_path", "retrieval_status", "mime_type", "deleted_at", "is_favorite", "rating",
            "metadata",
        )  # fmt: skip

    def for_lineage(self) -> Self:
        """Load exactly what one picture of a lineage shows, also of one that is gone."""
        return self.only(
            "filename", "original_name", "title", "width", "height", "placeholder", "taken_at", "is_generated",
            "generation_prompt", "checksum", "local_storage_path", "local_thumbnail_path", "retrieval_status",
            "mime_type", "deleted_at", "purged_at",
        )  # fmt: skip


class IncomingUploadQuerySet(models.QuerySet["IncomingUpload"]):
    """The vocabulary for asking about files that were handed in."""

    def waiting(self) -> Self:
        """Keep what the worker has not decided about."""
        return self.filter(status=UploadStatus.RECEIVED)

    def free(self, *, now: datetime) -> Self:
        """Keep what nobody is looking at just now."""
        return self.waiting().filter(Q(lease_until=None) | Q(lease_until__lt=now))

    def decided(self) -> Self:
        """Keep what the worker has decided about."""
        return self.exclude(status=UploadStatus.RECEIVED)

    def hopeless(self, *, now: datetime) -> Self:
        """Keep what killed its worker as often as we let it."""
        return self.free(now=now).filter(attempts__gte=UPLOAD_ATTEMPTS)

    def claim(self, pk: UUID, *, now: datetime) -> "IncomingUpload | None":
        """Lease one upload, counting the attempt before the work begins; None when it is not free."""
        mine = self.free(now=now).filter(pk=pk, attempts__lt=UPLOAD_ATTEMPTS)
        won = mine.update(attempts=F("attempts") + 1, lease_until=now + UPLOAD_LEASE)
        return self.get(pk=pk) if won else None

    def put_back(self, pk: UUID, *, attempt: int, reason: str, until: datetime) -> bool:
        """Let a claimed upload wait, its attempt not counted; False when somebody else decided or claimed it.

        Args:
            pk: the upload.
            attempt: the number the claim gave it.
            reason: a sentence for the owner.
            until: when to try again.
        """
        mine = self.waiting().filter(pk=pk, attempts=attempt)
        return mine.update(attempts=F("attempts") - 1, lease_until=until, reason=reason) == 1

    def decide(self, pk: UUID, status: UploadStatus, **changes: object) -> bool:
        """Settle what became of one upload; False when somebody else already did."""
        return self.waiting().filter(pk=pk).update(status=status, lease_until=None, **changes) == 1


class TraitQuerySet(models.QuerySet["Trait"]):
    """The vocabulary for asking about what pictures have in common."""

    def of_kind(self, *kinds: TraitKind) -> Self:
        """Keep the traits of these kinds."""
        return self.filter(kind__in=kinds)

    def holding(self, text: str) -> Self:
        """Keep the traits with ``text`` somewhere in their name, whatever the capitals."""
        return self.filter(folded__contains=text.casefold())


AT_WORK = [BulkState.RUNNING, BulkState.UNDOING]
MOVES: dict[BulkState, set[BulkState]] = {
    BulkState.RUNNING: {BulkState.DONE, BulkState.CANCELLED, BulkState.FAILED},
    BulkState.DONE: {BulkState.UNDOING},
    BulkState.CANCELLED: {BulkState.UNDOING},
    BulkState.FAILED: {BulkState.UNDOING},
    BulkState.UNDOING: {BulkState.UNDONE, BulkState.FAILED},
}


class BulkActionQuerySet(models.QuerySet["BulkAction"]):
    """The vocabulary for asking about what is done to many photos."""

    def at_work(self) -> Self:
        """Keep what is not finished, the latest first."""
        return self.filter(state__in=AT_WORK).order_by("-created_at")

    def free(self, *, now: datetime) -> Self:
        """Keep what is not finished and nobody works on just now."""
        return self.at_work().filter(Q(lease_until=None) | Q(lease_until__lt=now))

    def claim(self, pk: UUID, *, now: datetime) -> "BulkAction | None":
        """Lease one action, counting the attempt before the work begins; None when it is not free."""
        mine = self.free(now=now).filter(pk=pk, attempts__lt=BULK_ATTEMPTS)
        won = mine.update(attempts=F("attempts") + 1, lease_until=now + BULK_LEASE)
        return self.get(pk=pk) if won else None

    def forgettable(self, *, before: datetime) -> Self:
        """Keep what is finished and was begun before then."""
        return self.exclude(state__in=AT_WORK).filter(created_at__lt=before)

    def hopeless(self, *, now: datetime) -> Self:
        """Keep what killed its worker as often as we let it."""
        return self.free(now=now).filter(attempts__gte=BULK_ATTEMPTS)

    def move(self, pk: UUID, *, to: BulkState, **changes: object) -> bool:
        """Move one action if its state allows; False when somebody else was first."""
        sources = [state for state, targets in MOVES.items() if to in targets]
        changes = {"lease_until": None, "attempts": 0, **changes}
        return self.filter(pk=pk, state__in=sources).update(state=to, **changes) == 1
