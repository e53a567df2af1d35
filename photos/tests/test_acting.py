"""Doing something to many photos, part by part, and taking it back."""

from datetime import timedelta

import pytest

from lib import clock
from photos import tags
from photos.acts import act_for, acting
from photos.choices import BulkState
from photos.models import BulkAction, BulkPart, Photo
from photos.querysets import BULK_ATTEMPTS, BULK_LEASE
from photos.templatetags.acting import act_progress
from photos.tests import containers
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_parts_of_two(monkeypatch):
    """Have many parts of few photos, and let nothing count as quick."""
    for verb in ("favourite", "rate", "tag", "trash"):
        monkeypatch.setattr(type(act_for(verb)), "part_size", 2)
        monkeypatch.setattr(type(act_for(verb)), "is_quick", lambda self, photos, value: False)


def ratings() -> list[int]:
    return list(Photo.objects.order_by("taken_at").values_list("rating", flat=True))


def test_few_photos_are_done_at_once(nudges):
    """Nobody waits for a worker."""
    PhotoFactory.create_batch(3)
    action = acting.begin(act_for("rate"), Photo.objects.all(), "4")

    assert (action.state, action.changed, nudges) == (BulkState.DONE, 3, [])
    assert ratings() == [4, 4, 4]


def test_undoing_gives_each_back_what_it_had(nudges):
    """Also to those that differed."""
    for stars in (0, 3, 4, 5):
        PhotoFactory(rating=stars)
    action = acting.begin(act_for("rate"), Photo.objects.all(), "4")

    assert (action.total, action.changed) == (3, 3)
    assert acting.undo(action.pk).state == BulkState.UNDONE
    assert ratings() == [0, 3, 4, 5]
    assert acting.undo(action.pk) is None


def test_undoing_leaves_alone_what_was_changed_since(nudges):
    """The latest word of the owner counts."""
    PhotoFactory.create_batch(2, rating=1)
    action = acting.begin(act_for("rate"), Photo.objects.all(), "4")
    Photo.objects.filter(pk=Photo.objects.earliest("taken_at").pk).update(rating=5)
    acting.undo(action.pk)

    assert ratings() == [5, 1]


def test_undoing_tags_takes_away_only_what_was_added(nudges):
    """A tag that was there before stays."""
    had, had_not = PhotoFactory(), PhotoFactory()
    tags.put({had.pk: ["sea"]})
    action = acting.begin(act_for("tag"), Photo.objects.all(), "sea, sun")
    acting.undo(action.pk)

    assert (tags.tags_of(had.pk), tags.tags_of(had_not.pk)) == (["sea"], [])


def test_undoing_a_restore_keeps_the_day_it_was_thrown_away(nudges):
    """Or it would stay longer than was promised."""
    photo = PhotoFactory(trashed=True)
    action = acting.begin(act_for("restore"), Photo.objects.all())

    assert not Photo.objects.get().in_trash
    acting.undo(action.pk)
    assert Photo.objects.get().deleted_at == photo.deleted_at


def test_nothing_to_change_leaves_no_action(nudges):
    """And no way back from nothing."""
    PhotoFactory(is_favorite=True)

    assert acting.begin(act_for("favourite"), Photo.objects.all()) is None
    assert not BulkAction.objects.exists()


def test_a_worker_goes_on_where_it_stopped(nudges, in_parts_of_two):
    """Each run does at least one part, and asks for the next."""
    PhotoFactory.create_batch(5)
    action = acting.begin(act_for("rate"), Photo.objects.all(), "2")

    assert (action.state, nudges) == (BulkState.RUNNING, [("act", str(action.pk))])
    acting.run(action.pk, seconds=0)
    assert sorted(ratings()) == [0, 0, 0, 2, 2]
    acting.run(action.pk)
    action.refresh_from_db()
    assert (action.state, action.done, action.changed, sorted(ratings())) == (BulkState.DONE, 5, 5, [2] * 5)


def test_a_killed_worker_does_no_part_twice(nudges, in_parts_of_two):
    """What was done before the kill keeps its way back."""
    PhotoFactory.create_batch(4, rating=1)
    action = acting.begin(act_for("rate"), Photo.objects.all(), "2")
    acting.run(action.pk, seconds=0)
    BulkAction.objects.update(lease_until=clock.now() + BULK_LEASE)
    acting.run(action.pk)

    assert sorted(ratings()) == [1, 1, 2, 2]
    BulkAction.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    acting.run(action.pk)
    acting.undo(action.pk)
    acting.run(action.pk)
    assert ratings() == [1, 1, 1, 1]


def test_running_what_is_done_changes_nothing(nudges):
    """The queue may say it twice."""
    PhotoFactory.create_batch(2)
    action = acting.begin(act_for("rate"), Photo.objects.all(), "2")
    Photo.objects.update(rating=0)
    acting.run(action.pk)

    assert ratings() == [0, 0]


def test_a_cancelled_one_stops_and_can_be_undone(nudges, in_parts_of_two):
    """What was done before stays until the owner undoes it."""
    PhotoFactory.create_batch(6)
    action = acting.begin(act_for("rate"), Photo.objects.all(), "2")
    acting.run(action.pk, seconds=0)

    assert acting.cancel(action.pk)
    acting.run(action.pk)
    assert BulkAction.objects.get().state == BulkState.CANCELLED
    assert sorted(ratings()) == [0, 0, 0, 0, 2, 2]
    acting.undo(action.pk)
    acting.run(action.pk)
    assert (BulkAction.objects.get().state, set(ratings())) == (BulkState.UNDONE, {0})


def test_what_nobody_works_on_is_asked_for_again(nudges, in_parts_of_two):
    """The queue forgets, the row does not."""
    PhotoFactory.create_batch(3)
    action = acting.begin(act_for("trash"), Photo.objects.all())
    nudges.clear()
    acting.sweep()

    assert nudges == [("act", str(action.pk))]


def test_what_kills_its_worker_is_given_up(nudges, in_parts_of_two):
    """With a sentence, and not for ever."""
    PhotoFactory.create_batch(3)
    action = acting.begin(act_for("trash"), Photo.objects.all())
    for _ in range(BULK_ATTEMPTS + 1):
        BulkAction.objects.update(lease_until=None)
        BulkAction.objects.claim(action.pk, now=clock.now())
    BulkAction.objects.update(lease_until=None)
    acting.sweep()

    action.refresh_from_db()
    assert (action.state, action.reason) == (BulkState.FAILED, acting.BROKE + acting.WAY_BACK)


def test_old_ones_are_forgotten(nudges):
    """Their way back is gone after a day."""
    PhotoFactory()
    acting.begin(act_for("favourite"), Photo.objects.all())
    BulkAction.objects.update(created_at=clock.now() - acting.KEPT - timedelta(minutes=1))
    acting.sweep()

    assert not BulkAction.objects.exists()
    assert not BulkPart.objects.exists()


def test_editing_is_undone_column_by_column(nudges):
    """What was edited again since stays."""
    photo = PhotoFactory(title="Old", description="Old")
    action = acting.begin(act_for("edit"), Photo.objects.all(), '{"title": "New", "description": "New"}')
    Photo.objects.update(description="Newest")
    acting.undo(action.pk)

    photo.refresh_from_db()
    assert (photo.title, photo.description) == ("Old", "Newest")


def test_reading_again_is_a_workers_and_can_be_undone(nudges):
    """With the tags it brought."""
    packet = containers.xmp(
        containers.listed("dc:title", ["Dawn"], "Alt") + containers.listed("dc:subject", ["sea"], "Bag")
    )
    photo = PhotoFactory(content=containers.file("JPEG", xmp=packet), extension="jpg")
    action = acting.begin(act_for("reread"), Photo.objects.all())

    assert action.state == BulkState.RUNNING
    acting.run(action.pk)
    photo.refresh_from_db()
    assert (photo.title, tags.tags_of(photo.pk)) == ("Dawn", ["sea"])
    acting.undo(action.pk)
    acting.run(action.pk)
    photo.refresh_from_db()
    assert (photo.title, photo.metadata, tags.tags_of(photo.pk)) == ("", {}, [])


def test_hundreds_take_as_many_queries_as_one_for_each_part(nudges, django_assert_max_num_queries):
    """Nothing is asked photo by photo."""
    PhotoFactory.create_batch(200)

    with django_assert_max_num_queries(30):
        acting.begin(act_for("trash"), Photo.objects.all())


def test_progress_is_told_with_its_thousands_apart():
    """As every other number on the page is."""
    assert act_progress(BulkAction(done=1750, total=5993)) == "1,750 of 5,993"
