"""What is done to a selection, by name or by everything that matches."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lib import clock
from photos import tags
from photos.acts import acting
from photos.choices import BulkState
from photos.models import BulkAction, Photo
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize("verb", ["favourite", "unfavourite", "rate", "trash", "read-again"])
def test_an_empty_selection_is_called_that(owner_client, verb):
    """Not a selection in which there is nothing to change."""
    answer = owner_client.post(f"/photos/{verb}/", {"rating": "3"}, headers=HTMX)

    assert "Tick some pictures first" in answer.content.decode()


def test_all_that_match_are_counted(owner_client):
    """With the moment they were counted at."""
    PhotoFactory.create_batch(3, is_favorite=True)
    PhotoFactory()
    told = owner_client.get("/photos/matching/", {"q": "is:favourite"}).json()

    assert told["count"] == 3
    assert told["until"] <= clock.now().isoformat()


def test_all_that_match_are_changed_but_those_left_out(owner_client):
    """And what came in after they were counted."""
    photos = PhotoFactory.create_batch(3, is_favorite=True)
    other = PhotoFactory()
    until = clock.now().isoformat()
    late = PhotoFactory(is_favorite=True)
    posted = {"all": "1", "q": "is:favourite", "until": until, "except": photos[0].pk, "rating": "5"}
    owner_client.post("/photos/rate/", posted)

    assert set(Photo.objects.filter(rating=5)) == set(photos[1:])
    assert {other, late, photos[0]} == set(Photo.objects.filter(rating=0))


def test_all_of_the_trash_can_come_back(owner_client):
    """Selected there."""
    PhotoFactory.create_batch(3, trashed=True)
    owner_client.post("/photos/restore/", {"all": "1", "place": "trash"})

    assert Photo.objects.visible().count() == 3


def test_very_many_are_left_to_a_worker(owner_client, monkeypatch):
    """The answer shows how far it is; the end says so and offers the way back."""
    monkeypatch.setattr("photos.acts.act.AT_ONCE", 2)
    PhotoFactory.create_batch(3)
    answer = owner_client.post("/photos/favourite/", {"all": "1"}, headers=HTMX)
    action = BulkAction.objects.get()

    assert "0 of 3" in answer.content.decode()
    acting.run(action.pk)
    card = owner_client.get(f"/photos/actions/{action.pk}/", headers=HTMX)
    assert "3 pictures added to favourites" in card.content.decode()
    assert card["HX-Trigger"] == "photos:refresh"
    owner_client.post(f"/photos/undo/{action.pk}/")
    assert not Photo.objects.favourites().exists()


def test_one_that_is_under_way_can_be_cancelled(owner_client, monkeypatch):
    """Without scripts too."""
    monkeypatch.setattr("photos.acts.act.AT_ONCE", 2)
    PhotoFactory.create_batch(3)
    answer = owner_client.post("/photos/trash/", {"all": "1"})
    owner_client.post(f"{answer['Location']}cancel/")
    acting.run(BulkAction.objects.get().pk)

    assert BulkAction.objects.get().state == BulkState.CANCELLED
    assert Photo.objects.visible().count() == 3
    assert "Cancelled" in owner_client.get(answer["Location"]).content.decode()


def test_every_page_shows_what_is_under_way(owner_client, monkeypatch):
    """Also on a second device."""
    monkeypatch.setattr("photos.acts.act.AT_ONCE", 2)
    PhotoFactory.create_batch(3)
    owner_client.post("/photos/trash/", {"all": "1"})

    assert "0 of 3" in owner_client.get("/photos/actions/", headers=HTMX).content.decode()
    assert "0 of 3" in owner_client.get("/photos/actions/").content.decode()
    on_its_page = HTMX | {"HX-Current-URL": f"http://testserver/photos/actions/{BulkAction.objects.get().pk}/"}
    assert "0 of 3" not in owner_client.get("/photos/actions/", headers=on_its_page).content.decode()


def test_tags_are_asked_for_and_then_given(owner_client):
    """The question keeps the selection."""
    photos = PhotoFactory.create_batch(2)
    keys = [str(photo.pk) for photo in photos]
    question = owner_client.post("/photos/tag/", {"photo": keys}, headers=HTMX)

    assert question["HX-Retarget"] == "#dialog"
    assert all(key in question.content.decode() for key in keys)
    answer = owner_client.post("/photos/tag/", {"photo": keys, "tags": "sea, sun"}, headers=HTMX)
    assert "2 pictures tagged “sea”, “sun”" in answer.content.decode()
    assert set(json.loads(answer["HX-Trigger"])["photos:tagged"]["photos"]) == set(keys)


def test_tags_of_a_selection_are_offered_for_removal(owner_client):
    """With how many have each."""
    one, other = PhotoFactory(), PhotoFactory()
    tags.put({one.pk: ["sea", "sun"], other.pk: ["sea"]})
    keys = [one.pk, other.pk]
    question = owner_client.post("/photos/untag/", {"photo": keys}).content.decode()

    assert question.index("sea") < question.index("sun")
    owner_client.post("/photos/untag/", {"photo": keys, "tags": ["sea"]})
    assert (tags.tags_of(one.pk), tags.tags_of(other.pk)) == (["sun"], [])


@pytest.mark.parametrize(
    "verb", ["rate", "tag", "untag", "read-again", "download", "unfavourite", "favourite", "trash"]
)
def test_nothing_ticked_is_said(owner_client, verb):
    """And nothing is done."""
    answer = owner_client.post(f"/photos/{verb}/", {"rating": "3", "tags": "x"}, headers=HTMX)

    assert answer.status_code == 200
    assert "toast" in answer.content.decode()
    assert not BulkAction.objects.exists()


def test_what_is_not_there_cannot_be_undone(owner_client):
    """It is told, not thrown."""
    answer = owner_client.post("/photos/undo/00000000-0000-4000-8000-000000000000/", headers=HTMX)

    assert "can no longer be undone" in answer.content.decode()


def test_nonsense_in_a_selection_is_left_out(owner_client):
    """Dates, keys and queries come from outside."""
    PhotoFactory()
    posted = {"all": "1", "q": "\0rating:x", "until": "2026-99-99", "except": ["nonsense"], "rating": "1"}

    assert owner_client.post("/photos/rate/", posted).status_code == 302


def test_a_thousand_ticked_pictures_are_taken(owner_client):
    """A form may name as many as a page can hold."""
    photo = PhotoFactory()
    keys = [str(photo.pk)] * 4000
    owner_client.post("/photos/rate/", {"photo": keys, "rating": "2"})

    assert Photo.objects.get().rating == 2


def test_the_list_of_actions_asks_as_often_for_many_as_for_few(owner_client, django_assert_num_queries):
    """Each row knows its own sentence."""
    photo = PhotoFactory()
    owner_client.post("/photos/rate/", {"photo": photo.pk, "rating": "1"})
    owner_client.get("/photos/actions/")
    with CaptureQueriesContext(connection) as few:
        owner_client.get("/photos/actions/")
    asked = len(few)
    for stars in "23451234":
        owner_client.post("/photos/rate/", {"photo": photo.pk, "rating": stars})
    owner_client.get("/photos/actions/")

    with django_assert_num_queries(asked):
        owner_client.get("/photos/actions/")
