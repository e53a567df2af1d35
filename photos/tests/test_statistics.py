"""How the timeline and its filters are looked up, however the library has grown."""

import pytest
from django.db import connection

from lib import statistics
from photos.models import Photo
from photos.querying import read
from photos.searching import search
from photos.searching.narrowing import narrow
from photos.tests.factories import PhotoFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its statistics itself."),
]


def plan(words=""):
    """Return how SQLite finds the newest page of a search."""
    photos = narrow(Photo.objects.visible().for_grid(), read(words))
    return photos.order_by("-taken_at", "-pk")[:101].explain()


def fill(number):
    """Add pictures, one in a hundred of them made from the first, and make them findable."""
    first = PhotoFactory()
    photos = [
        Photo(
            filename=f"{n}.jpg", width=3, height=2, file_size=1, generation_params={"seed": n}, generation_prompt="fox"
        )
        for n in range(number)
    ]
    for photo in photos[::100]:
        photo.source_image = first
    Photo.objects.bulk_create(photos)
    search.index([photo.pk for photo in photos])


@pytest.mark.parametrize("words", ["seed:3", "fox", "has:children"])
def test_a_library_that_has_grown_is_not_read_from_end_to_end(words):
    """Statistics of an almost empty table say that reading all of it is nothing, until they are brought up to date."""
    PhotoFactory()
    statistics.refresh()
    fill(1500)
    before = plan(words)
    statistics.refresh()

    assert "SCAN photos" in before
    assert "SCAN photos" not in plan(words)


@pytest.mark.parametrize("words", ["", "size:>=9000", "width:<10", "orientation:portrait", "size:1x1"])
def test_what_depends_on_the_size_is_decided_without_reading_the_picture(words):
    """The sizes are in the index of the timeline."""
    PhotoFactory.create_batch(3)

    assert "SCAN photos USING INDEX idx_photos_timeline" in plan(words)


def test_the_few_pictures_with_a_parent_are_found_among_themselves():
    """Most pictures were made from nothing."""
    fill(500)
    statistics.refresh()

    assert "idx_photos_with_parent" in plan("has:parent")


def test_one_rating_is_walked_in_the_timelines_order():
    """Nothing is sorted, however many pictures have five stars."""
    PhotoFactory.create_batch(3, rating=5)

    assert "idx_photos_by_rating" in plan("rating:5")
    assert "TEMP B-TREE" not in plan("rating:5")
