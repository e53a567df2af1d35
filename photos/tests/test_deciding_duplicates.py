"""Deciding about pictures that look alike, and taking it back."""

from itertools import pairwise

import pytest

from photos.choices import TraitKind
from photos.duplicates import grouping, keeping
from photos.duplicates.comparing import suggested, tags_of
from photos.duplicates.models import DuplicatePair
from photos.models import Photo, PhotoTrait, Trait
from photos.searching import search
from photos.searching.filters import PhotoFilter
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def pair(one: Photo, other: Photo, distance: int = 2) -> None:
    first, second = sorted((one.pk, other.pk))
    DuplicatePair.objects.create(photo_a_id=first, photo_b_id=second, distance=distance)


def alike(count: int = 2, **facts) -> list[Photo]:
    """Return pictures of which each looks like the next."""
    photos = PhotoFactory.create_batch(count, **facts)
    for one, other in pairwise(photos):
        pair(one, other)
    return photos


def tag(name: str, *photos: Photo) -> None:
    trait = Trait.objects.create(kind=TraitKind.TAG, value=name, folded=name)
    PhotoTrait.objects.bulk_create(PhotoTrait(photo=photo, trait=trait) for photo in photos)


def groups(number: int = 1) -> list[set[Photo]]:
    return [{one.photo for one in group.pictures} for group in grouping.page_of(number).groups]


def test_pairs_that_share_a_picture_are_one_group():
    """The most alike group comes first."""
    three = alike(3)
    two = PhotoFactory.create_batch(2)
    pair(*two, distance=0)

    assert groups() == [set(two), set(three)]


def test_what_is_in_the_trash_is_not_asked_about():
    """There is nothing left to decide; back from the trash, there is."""
    one, other = alike()
    Photo.objects.filter(pk=other.pk).update(deleted_at="2026-05-01T12:00Z")
    without = groups()
    Photo.objects.filter(pk=other.pk).update(deleted_at=None)

    assert (without, groups()) == ([], [{one, other}])


def test_the_largest_is_suggested_and_what_differs_is_told():
    """What is the same for all is not worth a look."""
    small, large = PhotoFactory(width=120, height=80), PhotoFactory(width=240, height=160)
    pair(small, large)
    found = {one.photo: one for one in grouping.page_of(1).groups[0].pictures}
    differing = {row.name for row in found[large].rows if row.differs}

    assert (found[large].is_suggested, found[small].is_suggested) == (True, False)
    assert "Size" in differing
    assert "File" not in differing


@pytest.mark.parametrize(
    "better",
    [
        {"width": 300, "height": 200},
        {"generation_prompt": "a fox"},
        {"is_favorite": True},
        {"rating": 3},
        {"mime_type": "image/png", "file_size": 1},
    ],
    ids=lambda better: next(iter(better)),
)
def test_the_best_is_suggested(better):
    """What cannot be had back from the others counts most."""
    plain = {"mime_type": "image/jpeg", "width": 240, "height": 160, "file_size": 1000, "generation_prompt": None}
    others = [PhotoFactory(**plain) for _ in range(2)]
    best = PhotoFactory(**(plain | better))

    assert suggested([others[0], best, others[1]]) == best


def test_many_groups_are_paged_and_many_pictures_are_decided_in_parts(monkeypatch):
    """No page is endless."""
    monkeypatch.setattr(grouping, "PAGE_SIZE", 2)
    monkeypatch.setattr(grouping, "SHOWN", 3)
    for count in (2, 2, 5):
        alike(count)
    page = grouping.page_of(99)

    assert (page.number, page.pages, page.total, page.older, page.newer) == (2, 2, 3, 0, 1)
    assert (len(page.groups[0].pictures), page.groups[0].more) == (3, 2)


def test_the_kept_one_takes_over_what_the_others_have_more():
    """Its own title stays; the owner finds it by the new tags."""
    kept = PhotoFactory(title="Mine", rating=2)
    other = PhotoFactory(title="Theirs", rating=4, is_favorite=True, description="By the sea")
    tag("old", kept, other)
    tag("heron", other)
    pair(kept, other)
    keeping.keep_one(kept.pk, [other.pk])
    kept.refresh_from_db()

    assert (kept.title, kept.description, kept.rating, kept.is_favorite) == ("Mine", "By the sea", 4, True)
    assert tags_of([kept.pk]) == {kept.pk: ["heron", "old"]}
    assert list(Photo.objects.visible()) == [kept]
    assert list(PhotoFilter("heron").narrow(Photo.objects.all())) == [kept]


def test_undo_restores_everything():
    """Columns, tags, the trash, and the question."""
    kept, other = PhotoFactory(), PhotoFactory(rating=4, is_favorite=True, title="Sea")
    tag("heron", other)
    pair(kept, other)
    search.index([kept.pk])
    before = Photo.objects.filter(pk=kept.pk).values().get()
    decision = keeping.keep_one(kept.pk, [other.pk])
    undone, again = keeping.undo(decision.pk), keeping.undo(decision.pk)

    assert undone is not None
    assert again is None
    assert Photo.objects.filter(pk=kept.pk).values().get() == before
    assert (tags_of([kept.pk]), groups()) == ({}, [{kept, other}])


def test_undo_leaves_what_the_owner_changed_since():
    """A rating given after the merge is the owner's."""
    kept, other = PhotoFactory(), PhotoFactory(rating=4)
    pair(kept, other)
    decision = keeping.keep_one(kept.pk, [other.pk])
    Photo.objects.filter(pk=kept.pk).update(rating=5)
    keeping.undo(decision.pk)

    assert Photo.objects.get(pk=kept.pk).rating == 5


def test_all_can_be_kept_and_are_not_asked_about_again():
    """Until that is taken back."""
    photos = alike(3)
    decision = keeping.keep_all([photo.pk for photo in photos])
    decided = groups()
    keeping.undo(decision.pk)

    assert (decided, groups()) == ([], [set(photos)])
    assert Photo.objects.visible().count() == 3


def test_of_two_who_decide_one_is_late():
    """Else both pictures could end in the trash."""
    one, other = alike()
    keeping.keep_one(one.pk, [other.pk])

    with pytest.raises(keeping.AlreadyDecided):
        keeping.keep_one(other.pk, [one.pk])
    assert list(Photo.objects.visible()) == [one]


def test_nothing_is_merged_into_a_picture_that_is_gone():
    """It was thrown away in another tab; the other one stays."""
    one, other = alike()
    Photo.objects.filter(pk=one.pk).update(deleted_at="2026-05-01T12:00Z")

    with pytest.raises(keeping.AlreadyDecided):
        keeping.keep_one(one.pk, [other.pk])
    assert list(Photo.objects.visible()) == [other]
    assert DuplicatePair.objects.get().decision is None


def test_pictures_that_were_never_alike_cannot_be_merged():
    """Whoever made up the request."""
    one, other = PhotoFactory.create_batch(2)

    with pytest.raises(keeping.AlreadyDecided):
        keeping.keep_one(one.pk, [other.pk])
