"""Moving photos within an album."""

import random
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from albums import placing
from albums.models import AlbumPhoto
from albums.tests.factories import album_of, order_of
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def photos(db):
    return PhotoFactory.create_batch(5)


def test_a_photo_goes_right_after_another(photos):
    """The others keep their order."""
    album = album_of(*photos)
    placing.put_after(album.pk, [photos[0].pk], photos[3].pk)

    assert order_of(album) == [photos[n] for n in (1, 2, 3, 0, 4)]


def test_several_go_before_another_in_the_order_given(photos):
    """As one block."""
    album = album_of(*photos)
    placing.put_before(album.pk, [photos[4].pk, photos[2].pk], photos[0].pk)

    assert order_of(album) == [photos[n] for n in (4, 2, 0, 1, 3)]


def test_photos_go_to_the_start_and_to_the_end(photos):
    """Without naming another one."""
    album = album_of(*photos)
    placing.put_first(album.pk, [photos[3].pk])
    placing.put_last(album.pk, [photos[0].pk])

    assert order_of(album) == [photos[n] for n in (3, 1, 2, 4, 0)]


def test_a_move_between_neighbours_changes_one_row(photos):
    """However long the album is."""
    album = album_of(*photos, *PhotoFactory.create_batch(40))
    with CaptureQueriesContext(connection) as queries:
        placing.put_after(album.pk, [photos[0].pk], photos[3].pk)
    updates = [query["sql"] for query in queries if 'UPDATE "album_photos"' in query["sql"]]

    assert len(updates) == 1
    assert " IN (" not in updates[0]


def test_where_the_room_is_used_up_only_the_places_around_are_spread_out(photos):
    """The far end of the album keeps its positions."""
    album = album_of(*photos, *PhotoFactory.create_batch(60))
    places = list(AlbumPhoto.objects.filter(album=album).in_order())
    AlbumPhoto.objects.filter(pk__in=[place.pk for place in places[:5]]).update(position=1)
    placing.put_after(album.pk, [places[40].photo_id], places[0].photo_id)
    changed = [place for place in places if AlbumPhoto.objects.get(pk=place.pk).position != place.position]

    assert [photo.pk for photo in order_of(album)[:3]] == [places[n].photo_id for n in (0, 40, 1)]
    assert len(changed) < 20


def test_the_integers_of_the_database_do_not_end(photos):
    """Close to their end the album is numbered anew."""
    album = album_of(*photos)
    AlbumPhoto.objects.filter(photo=photos[4]).update(position=placing.FURTHEST)
    AlbumPhoto.objects.filter(photo=photos[0]).update(position=-placing.FURTHEST)
    placing.put_last(album.pk, [photos[1].pk])
    placing.put_first(album.pk, [photos[2].pk])

    assert order_of(album) == [photos[n] for n in (2, 0, 3, 4, 1)]
    assert not AlbumPhoto.objects.filter(position__gt=10_000).exists()


def test_a_place_without_a_position_gets_one(photos):
    """The column may be empty; such a photo stands at the end."""
    album = album_of(*photos[1:])
    AlbumPhoto.objects.create(album=album, photo=photos[0])
    placing.put_after(album.pk, [photos[4].pk], photos[1].pk)

    assert order_of(album) == [photos[n] for n in (1, 4, 2, 3, 0)]
    assert not AlbumPhoto.objects.filter(position=None).exists()


def test_a_photo_beside_one_that_is_gone_is_not_moved(photos):
    """It is said instead."""
    album = album_of(*photos)

    with pytest.raises(placing.NotInAlbum):
        placing.put_after(album.pk, [photos[0].pk], uuid4())
    assert order_of(album) == photos


def test_moving_what_is_not_there_or_beside_itself_changes_nothing(photos):
    """Two tabs may know different albums."""
    album = album_of(*photos)

    assert placing.put_last(album.pk, [uuid4()]) == 0
    assert placing.put_after(album.pk, [photos[2].pk], photos[2].pk) == 0
    assert order_of(album) == photos


@pytest.mark.parametrize("seed", range(3))
def test_random_moves_are_those_of_a_list(seed):
    """Hundreds of moves, crowded on purpose, end in the same order as those of a plain list."""
    chance = random.Random(seed)
    expected = PhotoFactory.create_batch(12)
    album = album_of(*expected)
    AlbumPhoto.objects.update(position=0)
    expected = order_of(album)
    for _ in range(150):
        photo, anchor = chance.sample(expected, 2)
        is_after = chance.random() < 0.5
        (placing.put_after if is_after else placing.put_before)(album.pk, [photo.pk], anchor.pk)
        expected.remove(photo)
        expected.insert(expected.index(anchor) + is_after, photo)

    assert order_of(album) == expected


@pytest.mark.django_db(transaction=True)
def test_who_move_at_once_neither_lose_nor_double_a_photo():
    """Four clients, each with moves of its own."""
    photos = PhotoFactory.create_batch(10)
    album = album_of(*photos)

    def client(seed):
        chance = random.Random(seed)
        try:
            for _ in range(15):
                photo, anchor = chance.sample(photos, 2)
                placing.put_after(album.pk, [photo.pk], anchor.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as clients:
        list(clients.map(client, range(4)))
    order = order_of(album)
    positions = list(AlbumPhoto.objects.in_order().values_list("position", flat=True))

    assert sorted(photo.pk for photo in order) == sorted(photo.pk for photo in photos)
    assert len(set(positions)) == len(photos)
