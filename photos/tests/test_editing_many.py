"""Title, description, date, stars and tags of a selection, by name or by all that match, and the way back."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from lib import clock
from photos import tags
from photos.acts import act_for, acting
from photos.acts.shifting import in_words
from photos.choices import BulkState
from photos.models import BulkAction, Photo
from photos.tests.factories import FIRST_MOMENT, PhotoFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
HOUR = timedelta(hours=1)


def post(client, verb: str, **answers: object):
    return client.post(f"/photos/{verb}/", answers, headers=HTMX)


def values(column: str) -> list[object]:
    return list(Photo.objects.order_by("original_name").values_list(column, flat=True))


ACTS = [
    ("edit", {"sure": "1", "title": " At  the sea "}, "title", "At the sea", ""),
    ("edit", {"sure": "1", "description": "Waves"}, "description", "Waves", ""),
    ("date", {"sure": "1", "how": "set", "taken_at": "2020-02-03T04:05:06"}, "taken_at",
     timezone.make_aware(datetime(2020, 2, 3, 4, 5, 6)), FIRST_MOMENT),
    ("date", {"sure": "1", "how": "shift", "hours": "1"}, "taken_at", FIRST_MOMENT + HOUR, FIRST_MOMENT),
    ("rate", {"rating": "4"}, "rating", 4, 0),
    ("favourite", {}, "is_favorite", True, False),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "answers", "column", "after", "before"), ACTS)
@pytest.mark.parametrize("is_all", [True, False])
def test_many_are_edited_and_back(owner_client, verb, answers, column, after, before, is_all):
    """By their keys, and by the question that finds them; another picture is untouched each time."""
    chosen = PhotoFactory.create_batch(2, taken_at=FIRST_MOMENT, is_generated=True)
    PhotoFactory(taken_at=FIRST_MOMENT)
    selection = {"all": "1", "q": "is:generated"} if is_all else {"photo": [photo.pk for photo in chosen]}
    answer = post(owner_client, verb, **answers, **selection)

    assert "Undo" in answer.content.decode()
    assert values(column) == [after, after, before]
    owner_client.post(f"/photos/undo/{BulkAction.objects.get().pk}/", headers=HTMX)
    assert values(column) == [before] * 3


@pytest.mark.parametrize("is_all", [True, False])
def test_many_are_tagged_and_back(owner_client, is_all):
    """As for the columns."""
    chosen = PhotoFactory.create_batch(2, is_generated=True)
    other = PhotoFactory()
    selection = {"all": "1", "q": "is:generated"} if is_all else {"photo": [photo.pk for photo in chosen]}
    post(owner_client, "tag", tags="sea", **selection)

    assert [tags.tags_of(photo.pk) for photo in (*chosen, other)] == [["sea"], ["sea"], []]
    owner_client.post(f"/photos/undo/{BulkAction.objects.get().pk}/", headers=HTMX)
    assert not any(tags.tags_of(photo.pk) for photo in chosen)


def test_a_new_title_is_found_and_the_old_one_is_not(owner_client):
    """The index follows, and follows back."""
    photo = PhotoFactory(title="Mountain")
    post(owner_client, "edit", sure="1", title="Seaside", photo=photo.pk)

    assert owner_client.get("/photos/matching/?q=seaside").json()["count"] == 1
    owner_client.post(f"/photos/undo/{BulkAction.objects.get().pk}/", headers=HTMX)
    assert owner_client.get("/photos/matching/?q=seaside").json()["count"] == 0


def test_words_are_taken_away_only_when_that_is_said(owner_client):
    """An empty field leaves each as it is."""
    photo = PhotoFactory(title="Title", description="Description")
    post(owner_client, "edit", sure="1", no_title="on", photo=photo.pk)

    assert values("title") + values("description") == ["", "Description"]


@pytest.mark.parametrize(
    ("verb", "answers", "said"),
    [
        ("edit", {}, "Write a title or a description"),
        ("edit", {"title": "x", "no_title": "on"}, "not both"),
        ("date", {"how": "shift"}, "Say by how much"),
        ("date", {"how": "set"}, "Say to which date"),
        ("date", {"how": "set", "taken_at": "1700-01-01T00:00"}, "No picture is that old"),
        ("date", {"how": "shift", "hours": "-1"}, "greater than or equal to 0"),
        ("date", {"how": "nonsense"}, "nonsense"),
    ],
)
def test_what_is_missing_is_asked_for_again(owner_client, verb, answers, said):
    """In the dialog, with the selection still in it; nothing is changed."""
    photo = PhotoFactory()
    answer = post(owner_client, verb, sure="1", photo=photo.pk, **answers)

    assert answer["HX-Retarget"] == "#dialog"
    assert said in answer.content.decode()
    assert str(photo.pk) in answer.content.decode()
    assert not BulkAction.objects.exists()


@pytest.mark.parametrize("verb", ["edit", "date"])
def test_the_question_comes_first(owner_client, verb):
    """Without errors, also as a page of its own."""
    photos = PhotoFactory.create_batch(2)
    page = owner_client.post(f"/photos/{verb}/", {"photo": [photo.pk for photo in photos]}).content.decode()

    assert "of 2 pictures" in page
    assert "field__error" not in page
    assert "Tick some pictures first" in post(owner_client, verb).content.decode()


def test_a_date_that_is_given_alone_is_meant(owner_client):
    """Whoever fills in the day need not choose the way as well."""
    photo = PhotoFactory()
    post(owner_client, "date", sure="1", how="shift", taken_at="2020-02-03T04:05:06", photo=photo.pk)

    assert values("taken_at") == [timezone.make_aware(datetime(2020, 2, 3, 4, 5, 6))]


def test_dates_keep_their_fractions(nudges):
    """Moving and undoing lose nothing, or the order of a burst would go."""
    moment = FIRST_MOMENT + timedelta(microseconds=123_456)
    PhotoFactory(taken_at=moment)
    shifted = acting.begin(act_for("shift"), Photo.objects.all(), "-86461")

    assert values("taken_at") == [moment - timedelta(seconds=86_461)]
    acting.undo(shifted.pk)
    assert values("taken_at") == [moment]
    dated = acting.begin(act_for("edit"), Photo.objects.all(), '{"taken_at": "2020-01-01T00:00:00+00:00"}')
    acting.undo(dated.pk)
    assert values("taken_at") == [moment]


def test_no_picture_is_moved_into_the_future(nudges):
    """Those that can be moved are; undoing leaves alone what was dated anew."""
    now = clock.now()
    old, new = PhotoFactory(taken_at=now - timedelta(days=9)), PhotoFactory(taken_at=now)
    action = acting.begin(act_for("shift"), Photo.objects.all(), str(3 * 86_400))

    assert (action.state, action.changed) == (BulkState.DONE, 1)
    assert values("taken_at") == [now - timedelta(days=6), now]
    Photo.objects.filter(pk=old.pk).update(taken_at=now - timedelta(days=1))
    acting.undo(action.pk)
    assert values("taken_at") == [now - timedelta(days=1), new.taken_at]


def test_nobody_moves_beyond_the_calendar(nudges):
    """The sentence says so."""
    PhotoFactory()
    action = acting.begin(act_for("shift"), Photo.objects.all(), str(-100_000 * 86_400 * 100))

    assert action.changed == 0


def test_an_amount_is_said_in_words():
    """With the way it goes."""
    assert in_words(3600) == "1 hour later"
    assert in_words(-90_061) == "1 day 1 hour 1 minute 1 second earlier"
    assert in_words(7200) == "2 hours later"
