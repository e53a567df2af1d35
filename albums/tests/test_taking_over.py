"""The albums of pictures that look alike."""

import pytest

from albums import adding
from albums.models import Album, AlbumPhoto
from photos.duplicates import keeping
from photos.models import Photo
from photos.tests.factories import PhotoFactory
from photos.tests.test_deciding_duplicates import pair

pytestmark = pytest.mark.django_db


def shown(album: Album) -> list[Photo]:
    """Return the pictures of an album in its order."""
    places = AlbumPhoto.objects.filter(album=album, photo__deleted_at=None).order_by("position", "pk")
    return [place.photo for place in places]


def test_the_kept_picture_takes_the_places_of_the_others_and_gives_them_back():
    """Order and cover, in albums it is not in; undo leaves no trace."""
    kept, other, third = PhotoFactory.create_batch(3)
    theirs = Album.objects.create(name="Sea", cover_photo=other)
    both = Album.objects.create(name="Best")
    adding.add(theirs, [other.pk, third.pk])
    adding.add(both, [kept.pk, other.pk])
    pair(kept, other)
    decision = keeping.keep_one(kept.pk, [other.pk])
    theirs.refresh_from_db()
    merged = (shown(theirs), theirs.cover_photo, shown(both))
    keeping.undo(decision.pk)
    theirs.refresh_from_db()

    assert merged == ([kept, third], kept, [kept])
    assert (shown(theirs), theirs.cover_photo, shown(both)) == ([other, third], other, [kept, other])


def test_several_copies_in_one_album_leave_one_place():
    """The first of them."""
    kept, one, two = PhotoFactory.create_batch(3)
    album = Album.objects.create(name="Sea")
    adding.add(album, [one.pk, two.pk])
    pair(kept, one)
    pair(one, two)
    keeping.keep_one(kept.pk, [one.pk, two.pk])

    assert shown(album) == [kept]
    assert AlbumPhoto.objects.get(photo=kept).position == AlbumPhoto.objects.get(photo=one).position
