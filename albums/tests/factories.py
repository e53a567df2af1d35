"""Albums for the tests."""

import factory

from albums import adding
from albums.models import Album
from photos.models import Photo


class AlbumFactory(factory.django.DjangoModelFactory):
    """An album with a name of its own."""

    class Meta:
        model = Album

    name = factory.Sequence(lambda number: f"Album {number}")


def album_of(*photos: Photo, **columns: object) -> Album:
    """Return an album that holds photos in this order."""
    album: Album = AlbumFactory.create(**columns)
    adding.add(album, [photo.pk for photo in photos])
    return album


def order_of(album: Album) -> list[Photo]:
    """Return all photos of an album in its order."""
    return [place.photo for place in album.albumphoto_set.in_order().select_related("photo")]
