"""Deleted albums can come back for a day; then they are let go."""

from datetime import timedelta

from albums.models import Album
from lib import clock

KEPT = timedelta(days=1)


def forget_deleted() -> int:
    """Let go of the albums that were deleted long enough ago; return how many. Their photos stay in the library."""
    old = list(Album.with_deleted.filter(deleted_at__lt=clock.now() - KEPT))
    for album in old:
        album.delete()
    return len(old)
