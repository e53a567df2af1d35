"""Title, description, date, stars and tags of one picture."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from photos import tags
from photos.models import BulkAction, Photo
from photos.searching import search
from photos.searching.filters import PhotoFilter
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def fields(photo: Photo, **changes: str) -> dict[str, str]:
    moment = photo.taken_at.strftime("%Y-%m-%dT%H:%M:%S")
    return {"title": photo.title, "description": photo.description, "taken_at": moment, **changes}


def found(text: str) -> set:
    return set(PhotoFilter(text).narrow(Photo.objects.visible()).values_list("pk", flat=True))


def test_what_is_written_is_kept_and_found(owner_client):
    """By its words, at once."""
    photo = PhotoFactory()
    search.index([photo.pk])
    owner_client.post(f"/photos/{photo.pk}/edit/", fields(photo, title=" A  heron ", description="At dawn"))

    photo.refresh_from_db()
    assert (photo.title, photo.description) == ("A heron", "At dawn")
    assert found("heron dawn") == {photo.pk}


def test_an_edit_can_be_undone(owner_client):
    """The toast carries the way back."""
    photo = PhotoFactory(title="Old")
    answer = owner_client.post(f"/photos/{photo.pk}/edit/", fields(photo, title="New"), headers=HTMX)
    text = answer.content.decode()
    undo = text[text.index("/photos/undo/") :].partition('"')[0]
    owner_client.post(undo)

    assert Photo.objects.get().title == "Old"


@override_settings(TIME_ZONE="Europe/Berlin")
def test_the_date_is_of_the_owners_time_zone(owner_client):
    """Which is said beside it."""
    photo = PhotoFactory()
    page = owner_client.get(f"/photos/{photo.pk}/edit/").content.decode()
    owner_client.post(f"/photos/{photo.pk}/edit/", fields(photo, taken_at="2020-07-01T12:00:00"))

    assert "Europe/Berlin" in page
    assert Photo.objects.get().taken_at == datetime(2020, 7, 1, 10, tzinfo=UTC)


def test_fractions_of_a_second_stay_when_the_date_is_not_touched(owner_client):
    """They keep the order of a burst."""
    photo = PhotoFactory(taken_at=datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=UTC))
    owner_client.post(f"/photos/{photo.pk}/edit/", fields(photo, title="Heron"))

    assert Photo.objects.get().taken_at == photo.taken_at


@pytest.mark.parametrize(
    ("taken_at", "sentence"),
    [
        ("", "A picture needs a date"),
        ("1700-01-01T00:00:00", "No picture is that old"),
        ("2999-01-01T00:00:00", "has not come yet"),
        ("nonsense", "Enter a valid date"),
    ],
)
def test_mistakes_are_told_beside_their_field(owner_client, taken_at, sentence):
    """And nothing is lost of what was written."""
    photo = PhotoFactory()
    answer = owner_client.post(
        f"/photos/{photo.pk}/edit/", fields(photo, title="Heron", taken_at=taken_at), headers=HTMX
    )
    page = answer.content.decode()

    assert sentence in page
    assert 'aria-describedby="about-taken_at_helptext about-taken_at_error"' in page
    assert 'value="Heron"' in page


def test_stars_are_given_and_taken_away(owner_client):
    """Nonsense changes nothing."""
    photo = PhotoFactory()
    for stars, expected in [("4", 4), ("9", 4), ("x", 4), ("0", 0)]:
        owner_client.post(f"/photos/{photo.pk}/rate/", {"rating": stars}, headers=HTMX)

        assert Photo.objects.get().rating == expected


def test_stars_are_searched_for(owner_client):
    """As soon as they are given."""
    photo = PhotoFactory()
    owner_client.post(f"/photos/{photo.pk}/rate/", {"rating": "4"})

    assert found("rating:>=3") == {photo.pk}


def test_tags_are_added_removed_and_found(owner_client):
    """Several at once; removing has a way back."""
    photo = PhotoFactory()
    answer = owner_client.post(f"/photos/{photo.pk}/tags/", {"tags": "sea, Big Sky"}, headers=HTMX)

    assert "Big Sky" in answer.content.decode()
    assert found('tag:"big sky"') == found("sea") == {photo.pk}
    answer = owner_client.post(f"/photos/{photo.pk}/tags/", {"remove": "sea"}, headers=HTMX).content.decode()
    assert tags.tags_of(photo.pk) == ["Big Sky"]
    owner_client.post(answer[answer.index("/photos/undo/") :].partition('"')[0])
    assert tags.tags_of(photo.pk) == ["Big Sky", "sea"]


def test_known_tags_are_offered_with_their_counts(owner_client):
    """For the last one that is being typed."""
    tags.put({photo.pk: ["seaside"] for photo in PhotoFactory.create_batch(2)})
    page = owner_client.get("/photos/tags/", {"q": "sun, SEA"}).content.decode()

    assert 'data-text="seaside"' in page
    assert ">2<" in page


def test_a_picture_in_the_trash_is_only_shown(owner_client):
    """Restore it first."""
    photo = PhotoFactory(trashed=True)
    tags.put({photo.pk: ["sea"]})
    page = owner_client.get(f"/photos/{photo.pk}/").content.decode()

    assert "sea" in page
    assert f"{photo.pk}/edit/" not in page
    assert f"{photo.pk}/tags/" not in page


def test_the_page_asks_as_often_for_many_tags_as_for_one(owner_client, django_assert_num_queries):
    """Each is drawn from one look-up."""
    photo = PhotoFactory()
    tags.put({photo.pk: ["a"]})
    owner_client.get(photo.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        owner_client.get(photo.get_absolute_url())
    asked = len(few)
    tags.put({photo.pk: [f"tag {n}" for n in range(40)]})

    with django_assert_num_queries(asked):
        owner_client.get(photo.get_absolute_url())


@pytest.mark.parametrize("address", ["edit", "rate", "tags"])
def test_a_visitor_changes_nothing(owner, visitor, address):
    """The door is closed."""
    photo = PhotoFactory()
    answer = visitor.post(f"/photos/{photo.pk}/{address}/", {"rating": "5", "tags": "sea", "title": "x"})

    assert "/login/" in answer["Location"]


@pytest.mark.parametrize(
    ("verb", "first", "then", "column", "said"),
    [
        ("rate", {"rating": "4"}, 4, "rating", "Rated 4 stars"),
        ("favourite", {"on": "1"}, True, "is_favorite", "Added to favourites"),
        ("trash", {}, True, "in_trash", "Moved to the trash"),
    ],
)
def test_what_is_done_to_one_picture_can_be_undone(owner_client, verb, first, then, column, said):
    """The toast says what was done and offers the way back; doing it again changes nothing and says nothing."""
    photo = PhotoFactory()
    answer = owner_client.post(f"/photos/{photo.pk}/{verb}/", first, headers=HTMX)

    assert getattr(Photo.objects.get(), column) == then
    again = owner_client.post(f"/photos/{photo.pk}/{verb}/", first, headers=HTMX).content.decode()
    assert "/photos/undo/" not in again
    if verb != "trash":
        assert said in answer.content.decode()
    owner_client.post(f"/photos/undo/{BulkAction.objects.get().pk}/", headers=HTMX)
    assert not getattr(Photo.objects.get(), column)
