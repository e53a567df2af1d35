"""The way out of the library: into the trash, back again, or away for good."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import Count, Q

from lib import clock
from photos import extensions
from photos.files import renditions
from photos.models import Photo, PhotoTrait
from photos.querysets import PhotoQuerySet
from photos.searching import search

log = logging.getLogger(__name__)

BATCH = 500


@dataclass(slots=True)
class Purged:
    """What a purge did: rows that are gone, rows that stay as tombstones, and photos whose files resisted."""

    gone: int = 0
    tombstones: int = 0
    failed: int = 0

    @property
    def count(self) -> int:
        """How many pictures are gone for good."""
        return self.gone + self.tombstones


def trash(photos: PhotoQuerySet | Iterable[UUID]) -> int:
    """Throw photos away, to be restored or purged later. Return how many were not in the trash before."""
    return sum(
        Photo.objects.filter(pk__in=some, deleted_at=None).update(deleted_at=clock.now()) for some in _batches(photos)
    )


def restore(photos: PhotoQuerySet | Iterable[UUID]) -> int:
    """Take photos out of the trash. Return how many came back; what is being purged does not."""
    return sum(Photo.objects.trashed().filter(pk__in=some).update(deleted_at=None) for some in _batches(photos))


def purge(photos: PhotoQuerySet | Iterable[UUID], *, before: datetime | None = None) -> Purged:
    """Remove photos of the trash for good: their files, then their rows.

    What is not in the trash is left alone. The row of a photo that others name stays as a tombstone, without its
    bytes. A file that another row uses stays. Interrupted anywhere, the sweep finishes it.

    Args:
        photos: which.
        before: leave alone what was thrown away since; it may have been restored and thrown away again.
    """
    done = Purged()
    waiting = thrown_away_before(before) if before else Photo.objects.trashed()
    for some in _batches(photos):
        shared = _shared_files(some)
        for pk in some:
            _purge_one(pk, waiting, done, shared)
    return done


def finish_purges() -> Purged:
    """Finish the purges that were interrupted, and remove the tombstones that nothing names any more."""
    done = Purged()
    purged = Photo.objects.filter(purged_at__isnull=False)
    for photo in purged.exclude(local_storage_path=None).order_by("purged_at")[:BATCH]:
        _try_removing(photo, done)
    for photo in purged.filter(local_storage_path=None).exclude(_named())[:BATCH]:
        _try_removing(photo, done)
    return done


def thrown_away_before(moment: datetime) -> PhotoQuerySet:
    """Return what has been in the trash since before ``moment``."""
    return Photo.objects.trashed().filter(deleted_at__lt=moment)


def _purge_one(pk: UUID, waiting: PhotoQuerySet, done: Purged, shared: set[str]) -> None:
    """Decide first, in the row, so that nobody restores a photo whose files are being removed."""
    if not waiting.filter(pk=pk).update(purged_at=clock.now()):
        return
    photo = Photo.objects.filter(pk=pk).first()
    if photo is not None:
        _try_removing(photo, done, shared)


def _try_removing(photo: Photo, done: Purged, shared: set[str] | None = None) -> None:
    try:
        _remove_files(photo, shared)
    except OSError as error:
        log.warning("photo %s: files could not be removed (%s)", photo.pk, type(error).__name__)
        done.failed += 1
        return
    _remove_row(photo, done)


def _remove_files(photo: Photo, shared: set[str] | None = None) -> None:
    if photo.checksum:
        for path in renditions.paths(photo.pk, photo.checksum):
            storages["thumbnails"].delete(path)
    if photo.local_storage_path and not _others_use_it(photo, shared):
        storages["originals"].delete(photo.local_storage_path)


def _shared_files(ids: list[UUID]) -> set[str]:
    """Return the files of some photos that several rows name, in one look through the library for all of them."""
    paths = Photo.objects.filter(pk__in=ids, local_storage_path__isnull=False).values_list("local_storage_path")
    named = Photo.objects.filter(local_storage_path__in=[path for (path,) in paths]).order_by()
    counted = named.values("local_storage_path").annotate(rows=Count("pk")).filter(rows__gt=1)
    return {path for path in counted.values_list("local_storage_path", flat=True) if path}


def _others_use_it(photo: Photo, shared: set[str] | None) -> bool:
    """Tell whether another row needs the file; ``shared`` spares the question where it is known that none does."""
    if shared is not None and photo.local_storage_path not in shared:
        return False
    return Photo.objects.filter(local_storage_path=photo.local_storage_path).exclude(pk=photo.pk).exists()


def _remove_row(photo: Photo, done: Purged) -> None:
    pk = photo.pk
    with transaction.atomic():
        search.forget([pk])
        is_needed = Photo.objects.filter(_named(), pk=pk).exists()
        if is_needed:
            _make_tombstone(pk)
        else:
            photo.delete()
    done.tombstones += is_needed
    done.gone += not is_needed
    log.info("photo %s: purged", pk)


def _make_tombstone(pk: UUID) -> None:
    """Leave only what the tree needs: a tombstone is in no album, and no search finds it."""
    Photo.objects.filter(pk=pk).update(**TOMBSTONE)
    PhotoTrait.objects.filter(photo=pk).delete()
    for forget in extensions.purges():
        forget(pk)


# What a tombstone keeps is how the picture came to be, for the tree; nothing that shows it or says where it was taken.
TOMBSTONE: dict[str, Any] = {
    "local_storage_path": None,
    "local_thumbnail_path": None,
    "checksum": None,
    "file_size": 0,
    "placeholder": "",
    "metadata": {},
    "thumbnail_error": "",
}


def _named() -> Q:
    """Return the condition for photos whose row something else needs."""
    needed = Q()
    for relation in sorted(_protecting() | extensions.tombstone_relations()):
        needed |= Q(**{f"{relation}__isnull": False})
    return needed


def _protecting() -> frozenset[str]:
    protecting = {models.PROTECT, models.RESTRICT}
    return frozenset(
        relation.get_accessor_name() or ""
        for relation in Photo._meta.related_objects
        if relation.on_delete in protecting
    )


def _batches(photos: PhotoQuerySet | Iterable[UUID]) -> Iterator[list[UUID]]:
    """Freeze the ids first, then hand them out in pieces a database takes."""
    ids = list(photos.values_list("pk", flat=True) if isinstance(photos, PhotoQuerySet) else photos)
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
