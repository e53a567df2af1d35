"""Putting one photo in the place of another."""

import pytest

from photos import extensions
from photos.merging import merge
from photos.models import Photo
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def test_the_other_photo_takes_its_place():
    """With its descendants, and with how it came to be."""
    pending, kept = PhotoFactory(pending=True, generation_prompt="a fox"), PhotoFactory()
    child = PhotoFactory(source_image=pending)
    merged = merge(pending.pk, into=kept.pk)
    kept.refresh_from_db()
    child.refresh_from_db()

    assert (merged, Photo.objects.filter(pk=pending.pk).exists()) == (True, False)
    assert (child.source_image, kept.generation_prompt, kept.is_generated) == (kept, "a fox", True)
    assert (kept.server, kept.invoke_id) == (pending.server, pending.invoke_id)


def test_what_the_kept_photo_says_itself_stays():
    """Only gaps are filled."""
    pending = PhotoFactory(pending=True, generation_prompt="a fox")
    kept = PhotoFactory(generated=True, generation_prompt="a heron")
    merge(pending.pk, into=kept.pk)
    kept.refresh_from_db()

    assert kept.generation_prompt == "a heron"


def test_no_photo_becomes_its_own_source():
    """The kept one may have grown from the pending one, or the other way round."""
    pending = PhotoFactory(pending=True)
    kept = PhotoFactory(source_image=pending)
    merge(pending.pk, into=kept.pk)
    kept.refresh_from_db()

    assert kept.source_image is None


def test_the_apps_above_move_theirs_first(monkeypatch):
    """In the same transaction, while both rows are there."""
    monkeypatch.setattr(extensions, "_merges", [])
    seen = []
    extensions.on_merge(lambda old, new: seen.append((old, new, Photo.objects.count())))
    pending, kept = PhotoFactory(pending=True), PhotoFactory()
    merge(pending.pk, into=kept.pk)

    assert seen == [(pending.pk, kept.pk, 2)]


def test_a_photo_with_bytes_of_its_own_is_never_merged_away():
    """Whatever the caller thinks."""
    one, other = PhotoFactory(), PhotoFactory()

    assert not merge(one.pk, into=other.pk)
    assert Photo.objects.count() == 2


def test_merging_twice_changes_nothing():
    """A task may run twice."""
    pending, kept = PhotoFactory(pending=True), PhotoFactory()

    assert [merge(pending.pk, into=kept.pk) for _ in range(2)] == [True, False]
