"""Moves within an album, taken back."""

import re

import pytest
from django.test import Client

from albums import moving, placing
from albums.models import Album, AlbumPhoto
from albums.tests.factories import album_of, order_of
from photos.models import Photo
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def photos() -> list[Photo]:
    """Six of them."""
    return list(PhotoFactory.create_batch(6))


@pytest.fixture
def album(photos: list[Photo]) -> Album:
    """All in an album."""
    return album_of(*photos)


@pytest.mark.parametrize("moved", [[0], [5], [0, 1], [1, 3], [0, 2, 3, 5], [4, 5]])
@pytest.mark.parametrize("has_positions", [True, False])
def test_a_move_is_taken_back(album: Album, photos: list[Photo], moved: list[int], has_positions: bool) -> None:
    """Once; wherever the photos stood, also where positions came from outside and are missing."""
    if not has_positions:
        AlbumPhoto.objects.update(position=None)
    keys = [photos[number].pk for number in moved]
    count, undo = moving.move(album.pk, keys, lambda: placing.put_first(album.pk, reversed(keys)))

    assert count == len(moved)
    assert [moving.take_back(album.pk, undo) for _ in range(2)] == [True, False]
    assert order_of(album) == photos


def test_what_others_moved_meanwhile_stays(album: Album, photos: list[Photo]) -> None:
    """A photo goes back beside its neighbour, wherever that one is now."""
    _, undo = moving.move(album.pk, [photos[2].pk], lambda: placing.put_last(album.pk, [photos[2].pk]))
    placing.put_first(album.pk, [photos[1].pk])
    moving.take_back(album.pk, undo)

    assert order_of(album) == [photos[n] for n in (1, 2, 0, 3, 4, 5)]


def test_beside_a_photo_that_is_gone_nothing_is_taken_back(album: Album, photos: list[Photo]) -> None:
    """Half of an undo would be worse than none."""
    keys = [photos[1].pk, photos[4].pk]
    _, undo = moving.move(album.pk, keys, lambda: placing.put_last(album.pk, keys))
    AlbumPhoto.objects.filter(photo=photos[3]).delete()

    assert not moving.take_back(album.pk, undo)
    assert order_of(album) == [photos[n] for n in (0, 2, 5, 1, 4)]


@pytest.mark.parametrize("where", [{"to": "end"}, {"after": 5}])
def test_the_toast_takes_it_back(
    owner_client: Client, album: Album, photos: list[Photo], where: dict[str, object]
) -> None:
    """By the menu and by drag."""
    if "after" in where:
        where = {"after": photos[5].pk}
    answer = owner_client.post(f"/albums/{album.pk}/move/", {"photo": photos[0].pk, **where}, headers=HTMX)
    found = re.search(r'hx-post="(/albums/[^"]+/undo/)"', answer.content.decode())

    assert order_of(album)[-1] == photos[0]
    assert found
    undone = owner_client.post(found[1], headers=HTMX)
    assert "Back where they were" in undone.content.decode()
    assert order_of(album) == photos
    assert "can no longer be undone" in owner_client.post(found[1], headers=HTMX).content.decode()


def test_the_places_before_cost_one_question(album: Album, photos: list[Photo], django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    """However many move."""
    with django_assert_max_num_queries(1):
        assert len(moving._runs(AlbumPhoto.objects.filter(album=album), [photo.pk for photo in photos])) == 1
