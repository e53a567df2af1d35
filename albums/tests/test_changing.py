"""Naming, covering, deleting albums, and the way back."""

from datetime import timedelta

import pytest

from albums import changing, expiring, tasks
from albums.models import Album, AlbumPhoto
from albums.tests.factories import AlbumFactory, album_of, order_of
from lib import clock
from photos.models import Photo
from photos.searching.filters import PhotoFilter
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def found(text):
    return list(PhotoFilter(text).narrow(Photo.objects.visible()))


def test_a_new_name_is_found_and_can_be_taken_back():
    """By its words and by the filter; the old one is not found any more."""
    photo = PhotoFactory()
    album = album_of(photo, name="Skagen")
    token = changing.change(album, name="Headland")

    assert found("headland") == found("album:headland") == [photo]
    assert found("skagen") == []
    assert changing.take_back(token).name == "Skagen"
    assert found("skagen") == [photo]


def test_a_change_is_taken_back_only_while_it_stands():
    """What was written since is not lost."""
    album = AlbumFactory(name="Skagen")
    token = changing.change(album, name="Headland")
    changing.change(album, name="Lighthouse")

    assert changing.take_back(token) is None
    assert changing.take_back("nonsense") is None
    assert Album.objects.get().name == "Lighthouse"


def test_nothing_changes_when_nothing_is_new():
    """And there is nothing to undo."""
    assert changing.change(AlbumFactory(name="Skagen"), name="Skagen") == ""


def test_a_deleted_album_comes_back_as_it_was():
    """With its order, its cover and its words; meanwhile nothing shows it, and the photos stay."""
    photos = PhotoFactory.create_batch(3)
    album = album_of(*photos[::-1], name="Skagen", cover_photo=photos[1])
    changing.delete(album.pk)

    assert not Album.objects.exists()
    assert found("skagen") == found("album:skagen") == found(f"album:{album.pk}") == []
    assert Photo.objects.visible().count() == 3
    assert changing.restore(album.pk)
    assert order_of(Album.objects.get()) == photos[::-1]
    assert Album.objects.get().cover_photo == photos[1]
    assert len(found("skagen")) == 3


def test_an_album_is_deleted_and_restored_once():
    """Who comes second is told."""
    album = AlbumFactory()

    assert [changing.delete(album.pk), changing.delete(album.pk)] == [True, False]
    assert [changing.restore(album.pk), changing.restore(album.pk)] == [True, False]


def test_a_deleted_album_is_let_go_after_a_day():
    """Not before; its photos stay."""
    young, old = album_of(PhotoFactory()), album_of(PhotoFactory())
    Album.objects.filter(pk=young.pk).update(deleted_at=clock.now() - timedelta(hours=23))
    Album.objects.filter(pk=old.pk).update(deleted_at=clock.now() - timedelta(hours=25))
    tasks.forget_deleted()

    assert list(Album.with_deleted.all()) == [young]
    assert AlbumPhoto.objects.count() == 1
    assert Photo.objects.count() == 2
    assert expiring.forget_deleted() == 0


def test_a_worker_makes_the_photos_of_a_large_album_found(monkeypatch):
    """Some at a time, each asking for the next."""
    asked = []
    monkeypatch.setattr(changing, "FEW", 2)
    monkeypatch.setattr(tasks, "CHUNK", 2)
    monkeypatch.setattr(tasks, "enqueue", lambda task, *ids: asked.append(ids))
    monkeypatch.setattr(changing, "enqueue", lambda task, *ids: asked.append(ids))
    album = album_of(*PhotoFactory.create_batch(3))
    changing.change(album, name="Headland")
    while asked:
        album_id, after = asked.pop()
        tasks.index_photos(str(album_id), str(after))

    assert len(found("headland")) == 3
