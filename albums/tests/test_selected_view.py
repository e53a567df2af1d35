"""Adding a selection to an album, and taking one out of it."""

import pytest

from albums import adding
from albums.models import Album, AlbumPhoto
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


def test_a_selection_leaves_an_album_wherever_it_was_selected(owner_client):
    """Only the albums it is in are offered, with how much of it they hold; undo gives the places back."""
    photos = PhotoFactory.create_batch(3)
    sea, hills, _ = (Album.objects.create(name=name) for name in ("Sea", "Hills", "Empty"))
    adding.add(sea, [photo.pk for photo in photos])
    adding.add(hills, [photos[0].pk])
    selected = {"photo": [photo.pk for photo in photos[:2]]}
    question = owner_client.post("/albums/leave/", selected, headers=HTMX)
    owner_client.post("/albums/leave/", {**selected, "album": sea.pk}, headers=HTMX)
    left = set(AlbumPhoto.objects.values_list("album", "photo"))
    owner_client.post(f"/photos/undo/{BulkAction.objects.get().pk}/")

    assert [(album.name, album.held) for album in question.context["albums"]] == [("Sea", 2), ("Hills", 1)]
    assert left == {(sea.pk, photos[2].pk), (hills.pk, photos[0].pk)}
    assert [place.photo for place in AlbumPhoto.objects.filter(album=sea).order_by("position")] == photos


def test_what_is_in_no_album_leaves_none(owner_client):
    """And says so."""
    question = owner_client.post("/albums/leave/", {"photo": PhotoFactory().pk}, headers=HTMX).content.decode()

    assert "None of them is in an album" in question
