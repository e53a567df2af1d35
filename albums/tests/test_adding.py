"""Putting photos into an album."""

from itertools import pairwise

import pytest

from albums.adding import add
from albums.models import Album, AlbumPhoto
from photos.models import Photo
from photos.querying import read
from photos.searching import narrowing
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def album():
    return Album.objects.create(name="Iceland")


def keys(*photos):
    return [photo.pk for photo in photos]


def in_order(album):
    return list(AlbumPhoto.objects.filter(album=album).order_by("position").values_list("photo_id", flat=True))


def test_photos_come_to_the_end_in_the_order_given(album):
    """With room between them for later ones."""
    first, second, third = PhotoFactory.create_batch(3)
    add(album, keys(second, first))
    add(album, keys(third))
    positions = [place.position or 0 for place in AlbumPhoto.objects.order_by("position")]

    assert in_order(album) == keys(second, first, third)
    assert all(later - earlier > 100 for earlier, later in pairwise(positions))


def test_adding_again_changes_nothing(album):
    """What is inside keeps its place, and is not counted; twice in one call is once."""
    first, second = PhotoFactory.create_batch(2)
    add(album, keys(first))

    assert add(album, keys(second, first, second)) == 1
    assert in_order(album) == keys(first, second)


def test_photos_are_found_by_the_album_they_came_into(album):
    """At once."""
    photo = PhotoFactory()
    PhotoFactory()
    add(album, keys(photo))

    assert set(narrowing.narrow(Photo.objects.visible(), read("iceland"))) == {photo}


def test_adding_many_takes_few_queries(album, django_assert_max_num_queries):
    """A folder of thousands goes in at once."""
    photos = PhotoFactory.create_batch(60)

    with django_assert_max_num_queries(30):
        add(album, keys(*photos))
