"""What workers do: an id in, nothing out."""

from uuid import UUID

from albums import expiring
from albums.models import AlbumPhoto
from lib.queue import enqueue
from photos.searching import search

CHUNK = 2000


def index_photos(album_id: str, after: str) -> None:
    """Have some photos of an album found by its present name, and ask to go on with those whose places come later."""
    places = (
        AlbumPhoto.objects.filter(album=UUID(album_id), pk__gt=int(after)).order_by("pk").values_list("pk", "photo")
    )
    some = list(places[:CHUNK])
    search.index([photo for _, photo in some])
    if len(some) == CHUNK:
        enqueue(index_photos, album_id, some[-1][0])


def forget_deleted() -> None:
    """Let go of the albums that were deleted long enough ago."""
    expiring.forget_deleted()
