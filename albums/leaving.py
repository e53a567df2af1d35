"""What becomes of albums when a picture is deleted for good. One that is only in the trash keeps its places."""

from uuid import UUID

from albums.models import Album, AlbumPhoto


def leave(photo_id: UUID) -> None:
    """Take a photo out of every album, and off their covers. Called inside the purge's transaction."""
    AlbumPhoto.objects.filter(photo=photo_id).delete()
    Album.objects.filter(cover_photo=photo_id).update(cover_photo=None)
