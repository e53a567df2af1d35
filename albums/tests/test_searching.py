"""Albums in the search box."""

import pytest

from albums import searching
from albums.models import Album
from photos.extensions import Suggestion
from photos.models import Photo
from photos.querying import read
from photos.searching import narrowing, search
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def found(text):
    return set(narrowing.narrow(Photo.objects.visible(), read(text)))


def album(name, *photos):
    made = Album.objects.create(name=name)
    made.photos.set(photos)
    search.index([photo.pk for photo in photos])


def test_an_album_is_found_by_its_name_or_a_part_of_it():
    """Whatever the capitals; the exact name means that album alone."""
    summer, later, outside = PhotoFactory(), PhotoFactory(), PhotoFactory()
    album("Summer", summer)
    album("Summer 2024", later)

    assert found("album:summer") == {summer}
    assert found("album:summ") == {summer, later}
    assert found("-album:summ") == {outside}
    assert found("album:winter") == set()


def test_photos_are_found_by_the_words_of_their_albums():
    """As by words of their own."""
    photo = PhotoFactory()
    PhotoFactory()
    album("Crossing Iceland", photo)

    assert found("iceland") == {photo}


def test_albums_are_suggested_with_what_they_show():
    """The fullest first; what is in the trash does not count."""
    album("Sea", PhotoFactory())
    album("Seaside", PhotoFactory(), PhotoFactory(), PhotoFactory(trashed=True))
    album("Hills")

    assert searching.suggest("sea", 5) == [Suggestion("Seaside", 2), Suggestion("Sea", 1)]
