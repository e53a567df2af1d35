"""Putting all photos of an album in order."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from albums import adding, arranging, placing
from albums.tests.factories import album_of, order_of
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def photos(db):
    return [
        PhotoFactory(original_name="b.png", rating=1),
        PhotoFactory(original_name="C.png", rating=5),
        PhotoFactory(original_name="a.png", rating=3),
    ]


@pytest.mark.parametrize(
    ("by", "expected"), [("oldest", [0, 1, 2]), ("newest", [2, 1, 0]), ("name", [2, 0, 1]), ("rating", [1, 2, 0])]
)
def test_photos_are_put_in_order_and_back(photos, by, expected):
    """By date, name or stars; undo gives the order they had."""
    before = [photos[1], photos[0], photos[2]]
    album = album_of(*before)
    arrangement = arranging.arrange(album.pk, by)

    assert order_of(album) == [photos[number] for number in expected]
    assert arranging.take_back(album.pk, arrangement)
    assert order_of(album) == before


def test_it_is_taken_back_once_and_only_the_last(photos):
    """An old toast cannot undo what came after it."""
    album = album_of(*photos)
    first, second = arranging.arrange(album.pk, "name"), arranging.arrange(album.pk, "newest")

    assert not arranging.take_back(album.pk, first)
    assert arranging.take_back(album.pk, second)
    assert not arranging.take_back(album.pk, second)
    assert not arranging.take_back(album.pk, uuid4())


def test_what_was_added_since_stays(photos):
    """At the end, where it went."""
    album = album_of(photos[1], photos[0])
    arrangement = arranging.arrange(album.pk, "oldest")
    adding.add(album, [photos[2].pk])
    arranging.take_back(album.pk, arrangement)

    assert order_of(album) == [photos[1], photos[0], photos[2]]


def test_many_photos_are_one_statement(photos):
    """However many there are."""
    album = album_of(*photos, *PhotoFactory.create_batch(20))
    with CaptureQueriesContext(connection) as queries:
        arranging.arrange(album.pk, "newest")
    statements = [query["sql"] for query in queries if query["sql"].startswith(("SELECT", "UPDATE"))]

    assert len(statements) == 2


def test_an_album_that_was_put_in_order_can_be_moved_in(photos):
    """There is room between the new positions."""
    album = album_of(*photos)
    arranging.arrange(album.pk, "name")
    placing.put_after(album.pk, [photos[1].pk], photos[2].pk)

    assert order_of(album) == [photos[2], photos[1], photos[0]]
