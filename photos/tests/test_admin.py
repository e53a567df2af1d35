"""The library in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from photos.models import Photo
from photos.searching import search
from photos.tests.factories import IncomingUploadFactory, PhotoFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:photos_photo_changelist")


def change_url(photo):
    return reverse("admin:photos_photo_change", args=[photo.pk])


def act(client, action, *photos):
    return client.post(LIST, {"action": action, "_selected_action": [photo.pk for photo in photos]})


def test_the_list_asks_the_same_number_of_questions_for_any_number_of_photos(owner_client, django_assert_num_queries):
    """Thumbnails and states come with the rows."""
    PhotoFactory()
    owner_client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        owner_client.get(LIST)
    PhotoFactory.create_batch(12)

    with django_assert_num_queries(len(few)):
        owner_client.get(LIST)


def test_the_admin_searches_as_the_timeline_does(owner_client):
    """By words, and by id."""
    photo = PhotoFactory(generation_prompt="floating castles")
    other = PhotoFactory()
    search.index([photo.pk, other.pk])
    by_word, by_id = (owner_client.get(LIST, {"q": words}).context["cl"].result_list for words in ("castle ", other.pk))

    assert (list(by_word), list(by_id)) == ([photo], [other])


@pytest.mark.parametrize(("place", "number"), [("library", 1), ("trash", 1), ("tombstones", 1), ("", 3)])
def test_photos_are_found_by_their_place(owner_client, place, number):
    """In the library, in the trash, or purged and still named."""
    moment = PhotoFactory().taken_at
    PhotoFactory(trashed=True)
    PhotoFactory(trashed=True, purged_at=moment)
    response = owner_client.get(LIST, {"place": place} if place else {})

    assert len(response.context["cl"].result_list) == number


def test_corrected_words_are_found(owner_client):
    """The index follows."""
    photo = PhotoFactory()
    facts = {"original_name": "a.png", "title": "Harbour", "rating": 3, "description": "", "is_favorite": "on"}
    facts |= {"taken_at_0": "2024-05-01", "taken_at_1": "10:00:00"}
    response = owner_client.post(change_url(photo), facts)

    assert response.status_code == 302
    assert list(owner_client.get(LIST, {"q": "harbour"}).context["cl"].result_list) == [photo]


def test_states_are_not_edited_by_hand(owner_client):
    """The worker decides them."""
    page = owner_client.get(change_url(PhotoFactory()))

    assert set(page.context["adminform"].form.fields) == {
        "original_name", "title", "description", "rating", "is_favorite", "taken_at"
    }  # fmt: skip


def test_the_actions_do_what_the_pages_do(owner_client, nudges):
    """Trash, restore, new thumbnails."""
    photo = PhotoFactory()
    act(owner_client, "throw_away", photo)
    trashed = Photo.objects.trashed().count()
    act(owner_client, "bring_back", photo)
    act(owner_client, "rebuild_thumbnails", photo)

    assert (trashed, Photo.objects.trashed().count()) == (1, 0)
    assert nudges == [("make_thumbnails", str(photo.pk))]


def test_only_the_trash_leads_out_of_the_library(owner_client):
    """There is no delete button."""
    photo = PhotoFactory()

    assert owner_client.post(reverse("admin:photos_photo_delete", args=[photo.pk])).status_code == 403


def test_uploads_tell_what_became_of_them(owner_client):
    """To look at only."""
    upload = IncomingUploadFactory(reason="The file is empty.")
    page = owner_client.get(reverse("admin:photos_incomingupload_changelist"))

    assert "The file is empty." in page.text
    assert owner_client.get(reverse("admin:photos_incomingupload_change", args=[upload.pk])).status_code == 200
