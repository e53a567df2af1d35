"""Taking photos out of an album."""

import pytest

from albums.models import AlbumPhoto
from albums.tests.factories import album_of, order_of
from photos.models import BulkAction, Photo
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def test_photos_leave_an_album_and_come_back_to_their_places(owner_client):
    """They stay in the library all the while."""
    photos = PhotoFactory.create_batch(4)
    album = album_of(*photos)
    answer = owner_client.post(
        f"/albums/{album.pk}/remove/", {"photo": [photos[1].pk, photos[2].pk]}, headers={"HX-Request": "true"}
    )

    assert "2 pictures taken out of" in answer.content.decode()
    assert order_of(album) == [photos[0], photos[3]]
    assert Photo.objects.visible().count() == 4
    owner_client.post(f"/photos/undo/{BulkAction.objects.get().pk}/")
    assert order_of(album) == photos


def test_everything_that_is_shown_can_be_taken_out(owner_client):
    """The question of the page's bar names exactly this album, whatever others are called."""
    photos = PhotoFactory.create_batch(3)
    album, twin = album_of(*photos, name="Skagen"), album_of(PhotoFactory(), name="Skagen")
    owner_client.post(f"/albums/{album.pk}/remove/", {"all": "1", "q": f"album:{album.pk}", "except": photos[0].pk})

    assert order_of(album) == [photos[0]]
    assert len(order_of(twin)) == 1


def test_a_photo_in_the_trash_keeps_its_place(owner_client):
    """It is not shown, and stands where it stood when it is restored."""
    photos = PhotoFactory.create_batch(3)
    album = album_of(*photos)
    owner_client.post("/photos/trash/", {"photo": photos[1].pk})

    assert [place.photo for place in AlbumPhoto.objects.filter(album=album).shown()] == [photos[0], photos[2]]
    owner_client.post("/photos/restore/", {"photo": photos[1].pk})
    assert order_of(album) == photos
