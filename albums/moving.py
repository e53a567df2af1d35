"""Moving photos within an album, with a way back.

The way back remembers beside which photo each one stood, not at which number: who moves others meanwhile is not undone.
"""

import uuid
from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery, UUIDField

from albums import placing
from albums.querysets import AlbumPhotoQuerySet

UNDO_SECONDS = 60 * 60
Run = tuple[str, list[str]]


def move(album: UUID, photos: list[UUID], put: Callable[[], int]) -> tuple[int, UUID]:
    """Move photos by ``put``, which returns how many; return that, and what ``take_back`` takes.

    Raises:
        placing.NotInAlbum: when ``put`` does; nothing is moved.
    """
    undo = uuid.uuid4()
    with transaction.atomic():
        before = _runs(placing.take_turn(album), photos)
        count = put()
        cache.set(_key(album, undo), before, UNDO_SECONDS)
    return count, undo


def take_back(album: UUID, undo: UUID) -> bool:
    """Put photos back beside those they stood beside; False when it is too late, done already, or one of those left."""
    key = _key(album, undo)
    runs: list[Run] | None = cache.get(key)
    if runs is None or not cache.delete(key):
        return False
    try:
        with transaction.atomic():
            for anchor, photos in runs:
                _put(album, anchor, [UUID(pk) for pk in photos])
    except placing.NotInAlbum:
        return False
    return True


def _put(album: UUID, anchor: str, photos: list[UUID]) -> None:
    if anchor:
        placing.put_after(album, photos, UUID(anchor))
    else:
        placing.put_first(album, photos)


def _runs(places: AlbumPhotoQuerySet, photos: Iterable[UUID]) -> list[Run]:
    """Return the photos in their order, each lot with the one it follows; empty for the start of the album."""
    further = Q(position__lt=OuterRef("position")) | Q(position=OuterRef("position"), pk__lt=OuterRef("pk"))
    previous = places.filter(further, position__lte=OuterRef("position")).order_by("-position", "-pk").values("photo")
    moving = places.filter(photo__in=list(photos)).annotate(previous=Subquery(previous[:1], output_field=UUIDField()))
    runs: list[Run] = []
    last = None
    for photo, before in moving.in_order().values_list("photo", "previous"):
        if last is not None and before == last:
            runs[-1][1].append(str(photo))
        else:
            runs.append((str(before or ""), [str(photo)]))
        last = photo
    return runs


def _key(album: UUID, undo: UUID) -> str:
    return f"albums.move.{album}.{undo}"
