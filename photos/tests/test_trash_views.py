"""Selections, the trash, and the way back."""

import json

import pytest

from photos.models import Photo
from photos.tests.factories import PhotoFactory

HTMX = {"HX-Request": "true"}


def _undo_address(response) -> str:
    page = response.content.decode()
    return page[page.index("/photos/undo/") :].partition('"')[0]


def test_ticked_photos_go_to_the_trash_and_back(owner_client):
    """The page hears which cards go, and the toast carries the way back."""
    photos = PhotoFactory.create_batch(2)
    gone = owner_client.post("/photos/trash/", {"photo": [photo.pk for photo in photos]}, headers=HTMX)

    assert set(json.loads(gone["HX-Trigger"])["photos:gone"]["photos"]) == {str(photo.pk) for photo in photos}
    assert Photo.objects.trashed().count() == 2
    owner_client.post(_undo_address(gone), headers=HTMX)
    assert Photo.objects.visible().count() == 2


def test_an_undo_works_once(owner_client):
    """What was taken back is not taken back again."""
    photo = PhotoFactory()
    address = _undo_address(owner_client.post("/photos/trash/", {"photo": photo.pk}, headers=HTMX))
    owner_client.post(address, headers=HTMX)

    again = owner_client.post(address, headers=HTMX).content.decode()

    assert "can no longer be undone" in again


def test_undoing_favourites_leaves_the_older_ones(owner_client):
    """Only what the act changed is changed back."""
    before, photo = PhotoFactory(is_favorite=True), PhotoFactory()
    done = owner_client.post("/photos/favourite/", {"photo": [before.pk, photo.pk]}, headers=HTMX)
    owner_client.post(_undo_address(done), headers=HTMX)

    assert list(Photo.objects.favourites()) == [before]


def test_without_scripts_the_list_comes_back_with_what_was_done(owner_client):
    """A plain form is answered by a redirect to where it was sent from."""
    photo = PhotoFactory()
    page = owner_client.post("/photos/trash/", {"photo": photo.pk, "next": "/?q=fox"}, follow=True)

    assert page.redirect_chain == [("/?q=fox", 302)]
    assert "1 picture moved to the trash" in page.content.decode()


@pytest.mark.parametrize("address", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_the_way_back_never_leads_elsewhere(owner_client, address):
    """An address of another site is not followed."""
    photo = PhotoFactory()

    assert owner_client.post("/photos/trash/", {"photo": photo.pk, "next": address}).url == "/"


def test_ticking_nothing_is_told(owner_client):
    """A bulk act without photos changes nothing and says so."""
    PhotoFactory()

    assert "Tick some pictures first" in owner_client.post("/photos/trash/", headers=HTMX).content.decode()
    assert Photo.objects.visible().count() == 1


def test_the_trash_is_emptied_only_when_the_owner_is_sure(owner_client):
    """The question comes first, with the number; the answer carries ``sure``."""
    PhotoFactory.create_batch(3, trashed=True)
    question = owner_client.get("/trash/empty/").content.decode()
    owner_client.post("/trash/empty/")
    asked_again = Photo.objects.trashed().count()
    owner_client.post("/trash/empty/", {"sure": "1"})

    assert "Delete 3 pictures for good?" in question
    assert asked_again == 3
    assert not Photo.objects.exists()


def test_purging_touches_only_the_ticked_and_only_the_trash(owner_client):
    """A photo of the timeline cannot be purged by its id."""
    kept, ticked, visible = PhotoFactory(trashed=True), PhotoFactory(trashed=True), PhotoFactory()
    owner_client.post("/photos/purge/", {"photo": [ticked.pk, visible.pk], "sure": "1"})

    assert set(Photo.objects.all()) == {kept, visible}


def test_everything_comes_back_at_once(owner_client):
    """Restore all needs no ticks."""
    PhotoFactory.create_batch(2, trashed=True)
    owner_client.post("/trash/restore/")

    assert Photo.objects.visible().count() == 2


def test_the_trash_asks_the_same_number_of_questions_however_full_it_is(owner_client, django_assert_num_queries):
    """Session, owner, rows, their number, and how long they stay."""
    PhotoFactory.create_batch(3, trashed=True)
    owner_client.get("/trash/")
    with django_assert_num_queries(5):
        owner_client.get("/trash/")
    PhotoFactory.create_batch(60, trashed=True)
    with django_assert_num_queries(5):
        owner_client.get("/trash/")


UNDO = "/photos/undo/00000000-0000-4000-8000-000000000000/"


@pytest.mark.parametrize("address", ["/photos/trash/", "/photos/purge/", UNDO, "/trash/restore/"])
def test_acts_need_a_post(owner_client, address):
    """Nothing is changed by following a link."""
    assert owner_client.get(address).status_code == 405
