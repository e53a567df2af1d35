"""Selections, the trash, and the way back."""

import json

import pytest

from lib import clock
from photos.acts import acting
from photos.models import BulkAction, Photo
from photos.tests.factories import PhotoFactory

HTMX = {"HX-Request": "true"}


WHOLE_TRASH = {"all": "1", "place": "trash"}


def _worked_off(client) -> str:
    """Return the card of the only action, when a worker has done it."""
    action = BulkAction.objects.get()
    acting.run(action.pk)
    return client.get(f"/photos/actions/{action.pk}/", headers=HTMX).content.decode()


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


def test_a_way_past_the_trash_asks_first_and_says_so(owner_client):
    """Without the word for it, only what is in the trash goes for good."""
    photo, trashed = PhotoFactory(), PhotoFactory(trashed=True)
    chosen = {"photo": [photo.pk, trashed.pk]}
    asked = owner_client.post("/photos/purge/", {**chosen, "at_once": "1"}, headers=HTMX).content.decode()

    assert "Delete 2 pictures for good?" in asked
    assert "They do not go through the trash." in asked
    assert "Delete 1 picture for good?" in owner_client.post("/photos/purge/", chosen, headers=HTMX).content.decode()


def test_what_skips_the_trash_is_gone(owner_client):
    """A worker removes it, and the page that shows nothing else hears of it at once."""
    photo = PhotoFactory()
    begun = owner_client.post("/photos/purge/", {"photo": photo.pk, "at_once": "1", "sure": "1"}, headers=HTMX)

    assert json.loads(begun["HX-Trigger"]) == {"photos:taken": {"photos": [str(photo.pk)]}}
    assert "1 picture deleted for good" in _worked_off(owner_client)
    assert not Photo.objects.exists()


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
    owner_client.post("/photos/purge/", WHOLE_TRASH)

    assert "Delete 3 pictures for good?" in question
    assert "cannot be undone" in question
    assert not BulkAction.objects.exists()
    assert Photo.objects.trashed().count() == 3


def test_a_worker_empties_the_trash(owner_client):
    """The request only writes down which; the card tells how far it is and what was done, and offers no way back."""
    PhotoFactory.create_batch(3, trashed=True)
    answer = owner_client.post("/photos/purge/", WHOLE_TRASH | {"sure": "1"}, headers=HTMX).content.decode()

    assert "0 of 3" in answer
    assert Photo.objects.trashed().count() == 3
    card = _worked_off(owner_client)
    assert "3 pictures deleted for good" in card
    assert "Undo" not in card
    assert not Photo.objects.exists()


def test_what_is_thrown_away_after_the_question_stays(owner_client):
    """The owner said yes to what was counted."""
    PhotoFactory(trashed=True)
    page = owner_client.get("/trash/empty/")
    late = PhotoFactory(deleted_at=clock.now())
    owner_client.post("/photos/purge/", dict(page.context["selection"].fields) | {"sure": "1"})
    _worked_off(owner_client)

    assert list(Photo.objects.all()) == [late]


def test_what_is_restored_while_the_worker_is_on_its_way_stays(owner_client):
    """And the card does not count it as deleted."""
    back, _ = PhotoFactory.create_batch(2, trashed=True)
    owner_client.post("/photos/purge/", WHOLE_TRASH | {"sure": "1"})
    Photo.objects.filter(pk=back.pk).update(deleted_at=None)

    assert "1 picture deleted for good. 1 picture stayed" in _worked_off(owner_client)
    assert list(Photo.objects.all()) == [back]


def test_emptying_the_trash_can_be_stopped(owner_client):
    """What is gone is gone; the rest stays."""
    PhotoFactory.create_batch(2, trashed=True)
    owner_client.post("/photos/purge/", WHOLE_TRASH | {"sure": "1"})
    owner_client.post(f"/photos/actions/{BulkAction.objects.get().pk}/cancel/")

    assert "Cancelled: 0 pictures deleted for good" in _worked_off(owner_client)
    assert Photo.objects.trashed().count() == 2


def test_deleting_all_but_those_left_out(owner_client):
    """Beyond what a page shows, without what was unticked."""
    kept, *_ = PhotoFactory.create_batch(3, trashed=True)
    question = owner_client.post("/photos/purge/", WHOLE_TRASH | {"except": kept.pk}).content.decode()
    owner_client.post("/photos/purge/", WHOLE_TRASH | {"except": kept.pk, "sure": "1"})
    _worked_off(owner_client)

    assert "Delete 2 pictures for good?" in question
    assert list(Photo.objects.all()) == [kept]


def test_purging_touches_only_the_ticked_and_only_the_trash(owner_client):
    """A photo of the timeline cannot be purged by its id."""
    kept, ticked, visible = PhotoFactory(trashed=True), PhotoFactory(trashed=True), PhotoFactory()
    owner_client.post("/photos/purge/", {"photo": [ticked.pk, visible.pk], "sure": "1"})
    _worked_off(owner_client)

    assert set(Photo.objects.all()) == {kept, visible}


def test_what_is_no_longer_in_the_trash_is_told(owner_client):
    """Somebody emptied it on another device."""
    page = owner_client.post(
        "/photos/purge/", {"photo": PhotoFactory().pk, "sure": "1", "next": "/trash/"}, follow=True
    )

    assert "Nothing of that is in the trash any more" in page.content.decode()


def test_everything_comes_back_at_once(owner_client):
    """Restore all needs no ticks."""
    PhotoFactory.create_batch(2, trashed=True)
    owner_client.post("/trash/restore/")

    assert Photo.objects.visible().count() == 2


def test_the_trash_asks_the_same_number_of_questions_however_full_it_is(owner_client, django_assert_num_queries):
    """Session, owner, rows, their number, and how long they stay."""
    PhotoFactory.create_batch(3, trashed=True)
    owner_client.get("/trash/")
    with django_assert_num_queries(6):
        owner_client.get("/trash/")
    PhotoFactory.create_batch(60, trashed=True)
    with django_assert_num_queries(6):
        owner_client.get("/trash/")


UNDO = "/photos/undo/00000000-0000-4000-8000-000000000000/"


@pytest.mark.parametrize("address", ["/photos/trash/", "/photos/purge/", UNDO, "/trash/restore/"])
def test_acts_need_a_post(owner_client, address):
    """Nothing is changed by following a link."""
    assert owner_client.get(address).status_code == 405
