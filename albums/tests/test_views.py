"""The pages of albums, and adding a selection to one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from albums import adding
from albums.models import Album, AlbumPhoto
from lib import paging
from photos.models import BulkAction
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_a_selection_goes_into_a_new_album_and_out_again(owner_client):
    """In the order of the timeline; undo keeps what was in it before."""
    photos = PhotoFactory.create_batch(3)
    answer = owner_client.post("/albums/add/", {"photo": [p.pk for p in photos], "name": "  Sea "}, headers=HTMX)
    album = Album.objects.get()

    assert album.name == "Sea"
    assert "3 pictures added to “Sea”" in answer.content.decode()
    assert [place.photo for place in AlbumPhoto.objects.order_by("position")] == photos[::-1]
    owner_client.post(f"/photos/undo/{BulkAction.objects.get().pk}/")
    assert not AlbumPhoto.objects.exists()


def test_undo_takes_out_only_what_was_added(owner_client):
    """What was in the album already stays in its place."""
    was, new = PhotoFactory(), PhotoFactory()
    album = Album.objects.create(name="Sea")
    adding.add(album, [was.pk])
    owner_client.post("/albums/add/", {"photo": [was.pk, new.pk], "album": album.pk})
    owner_client.post(f"/photos/undo/{BulkAction.objects.get().pk}/")

    assert [place.photo for place in AlbumPhoto.objects.all()] == [was]


def test_the_question_offers_the_albums(owner_client):
    """And says what is missing."""
    Album.objects.create(name="Sea")
    photo = PhotoFactory()
    question = owner_client.post("/albums/add/", {"photo": photo.pk}, headers=HTMX).content.decode()
    again = owner_client.post("/albums/add/", {"photo": photo.pk, "name": "", "album": ""}, headers=HTMX)

    assert "Sea</option>" in question
    assert "field__error" not in question
    assert "Give a new album a name" in again.content.decode()


@pytest.mark.parametrize("key", ["nonsense", "00000000-0000-4000-8000-000000000000"])
def test_an_album_that_is_not_there_is_not_found(owner_client, key):
    """Nothing is added to nothing."""
    assert owner_client.post("/albums/add/", {"photo": PhotoFactory().pk, "album": key}).status_code == 404


def test_an_album_is_shown_page_by_page_in_its_order(owner_client, monkeypatch):
    """Without what is in the trash."""
    monkeypatch.setattr("albums.views.PAGE_SIZE", 2)
    photos = PhotoFactory.create_batch(3)
    album = Album.objects.create(name="Sea")
    adding.add(album, [photo.pk for photo in (photos[2], photos[0], PhotoFactory(trashed=True), photos[1])])
    first = owner_client.get(album.get_absolute_url()).content.decode()
    after = first[first.index("?after=") :].partition('"')[0]
    second = owner_client.get(album.get_absolute_url() + after).content.decode()

    assert "3 pictures" in first
    assert first.index(f"photo-{photos[2].pk}") < first.index(f"photo-{photos[0].pk}")
    assert f"photo-{photos[1].pk}" not in first
    assert f"photo-{photos[1].pk}" in second


@pytest.mark.parametrize("address", ["/albums/", "album"])
def test_pages_ask_as_often_for_many_as_for_few(owner_client, address):
    """Whatever the album holds."""
    album = Album.objects.create(name="Sea")
    address = album.get_absolute_url() if address == "album" else address
    counts = []
    for number in (1, 30):
        adding.add(album, [photo.pk for photo in PhotoFactory.create_batch(number)])
        Album.objects.create(name=f"Other {number}")
        owner_client.get(address)
        with CaptureQueriesContext(connection) as queries:
            owner_client.get(address)
        counts.append(len(queries))

    assert paging.PAGE_SIZE > 31
    assert counts[0] == counts[1]


def test_nonsense_in_the_address_means_the_first_page(owner_client):
    """Addresses are typed, too."""
    album = Album.objects.create(name="Sea")

    assert owner_client.get(album.get_absolute_url(), {"after": "²"}).status_code == 200
