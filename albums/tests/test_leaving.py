"""Pictures of albums in the trash, back from it, and away for good."""

import pytest

from albums import adding
from albums.models import Album
from photos import trashing
from photos.models import Photo
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def in_order(album: Album) -> list[Photo]:
    """Return what the album shows."""
    return list(Photo.objects.visible().filter(albumphoto__album=album).order_by("albumphoto__position"))


def test_what_comes_back_from_the_trash_is_in_its_albums_at_its_place():
    """Order and cover are as they were."""
    photos = PhotoFactory.create_batch(3)
    album = Album.objects.create(name="Sea", cover_photo=photos[1])
    adding.add(album, [photo.pk for photo in photos])
    trashing.trash([photos[1].pk])
    without = in_order(album)
    trashing.restore([photos[1].pk])
    album.refresh_from_db()

    assert without == [photos[0], photos[2]]
    assert (in_order(album), album.cover_photo) == (photos, photos[1])


def test_a_tombstone_is_in_no_album():
    """Its row stays for what was made from it, and for nothing else."""
    photo = PhotoFactory(trashed=True)
    PhotoFactory(source_image=photo)
    album = Album.objects.create(name="Sea", cover_photo=photo)
    adding.add(album, [photo.pk])
    trashing.purge([photo.pk])
    album.refresh_from_db()

    assert (album.cover_photo, album.photos.count()) == (None, 0)
    assert Photo.objects.filter(pk=photo.pk).exists()
