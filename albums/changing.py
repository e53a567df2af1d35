"""Making an album, naming it, choosing its cover, deleting it; and the way back from each."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction

from albums import tasks
from albums.models import Album, AlbumPhoto
from lib import clock
from lib.queue import enqueue
from photos.searching import search

SALT = "albums.changes"
UNDO_SECONDS = 60 * 60
# So many photos are made findable while the browser waits.
FEW = 500


def change(album: Album, **columns: Any) -> str:
    """Change some columns of an album.

    Args:
        album: as it is known; it gets the new values.
        columns: names and new values, of those JSON can hold.

    Returns:
        What ``take_back`` takes; empty when nothing changes.
    """
    before = {name: _plain(getattr(album, name)) for name in columns}
    after = {name: _plain(value) for name, value in columns.items()}
    if before == after:
        return ""
    _write(album.pk, before, after)
    for name, value in columns.items():
        setattr(album, name, value)
    return signing.dumps([str(album.pk), before, after], salt=SALT, compress=True)


def take_back(token: str) -> Album | None:
    """Undo one change; None when it is too old, or the album was changed again since."""
    try:
        pk, before, after = signing.loads(token, salt=SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return None
    return Album.objects.filter(pk=pk).first() if _write(UUID(pk), after, before) else None


def delete(album: UUID) -> bool:
    """Delete an album; its photos stay in the library. False when it is gone already."""
    with transaction.atomic():
        is_first: bool = Album.objects.filter(pk=album).update(deleted_at=clock.now()) == 1
        if is_first:
            index_photos(album)
    return is_first


def restore(album: UUID) -> bool:
    """Bring a deleted album back as it was; False when it is there, or was forgotten."""
    with transaction.atomic():
        is_first = Album.with_deleted.filter(pk=album, deleted_at__isnull=False).update(deleted_at=None) == 1
        if is_first:
            index_photos(album)
    return is_first


def index_photos(album: UUID) -> None:
    """Have the photos of an album found by its present name, now or by a worker."""
    photos = list(AlbumPhoto.objects.filter(album=album).values_list("photo", flat=True)[: FEW + 1])
    if len(photos) <= FEW:
        search.index(photos)
    else:
        enqueue(tasks.index_photos, album, 0)


def _write(album: UUID, before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Write new values where the old ones still stand; tell whether they did."""
    with transaction.atomic():
        changed: bool = Album.objects.filter(pk=album, **before).update(updated_at=clock.now(), **after) == 1
        if changed and "name" in after and after["name"] != before["name"]:
            index_photos(album)
    return changed


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
