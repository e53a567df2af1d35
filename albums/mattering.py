"""Pictures in albums matter: they are called out before many are thrown away."""

from uuid import UUID

from albums.models import AlbumPhoto


def in_albums(ids: list[UUID]) -> dict[UUID, str]:
    """Return those of some photos that are in an album."""
    places = AlbumPhoto.objects.filter(photo__in=ids, album__deleted_at=None)
    return dict.fromkeys(places.values_list("photo_id", flat=True), "in an album")
