"""Tags: how they are written, who has them, and how files bring theirs."""

import pytest

from photos import tags
from photos.models import Photo, Trait
from photos.rereading import reread
from photos.searching import search
from photos.tests import containers
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("sea, Sun ,  big   sky", ["sea", "Sun", "big sky"]),
        ("sea;SEA\nSea", ["sea"]),
        (" , ,", []),
        ("x" * 200, ["x" * 100]),
    ],
)
def test_tags_are_apart_by_commas(text, names):
    """Each once, without needless spaces, and none is endless."""
    assert tags.names_in(text) == names


def test_putting_tells_what_is_new():
    """So that undoing takes away no more than that."""
    first, second = PhotoFactory(), PhotoFactory()
    tags.put({first.pk: ["Sea"]})

    assert tags.put({first.pk: ["sea", "sun"], second.pk: ["SEA"]}) == {first.pk: ["sun"], second.pk: ["SEA"]}
    assert tags.tags_of(first.pk) == ["Sea", "sun"]
    assert Trait.objects.filter(folded="sea").count() == 1


def test_dropping_tells_what_was_there():
    """Whatever the capitals it was asked with."""
    photo, other = PhotoFactory(), PhotoFactory()
    tags.put({photo.pk: ["Sea", "sun"], other.pk: ["Sea"]})

    assert tags.drop({photo.pk: ["SEA", "moon"]}) == {photo.pk: ["Sea"]}
    assert (tags.tags_of(photo.pk), tags.tags_of(other.pk)) == (["sun"], ["Sea"])


def test_many_photos_are_tagged_by_few_queries(django_assert_max_num_queries):
    """A selection may hold hundreds."""
    photos = PhotoFactory.create_batch(50)

    with django_assert_max_num_queries(6):
        tags.put({photo.pk: ["sea", "sun"] for photo in photos})


def test_keywords_of_a_file_become_tags():
    """A comma inside one parts it, as it does when the owner types."""
    photo = PhotoFactory(metadata={"keywords": ["Harbour", "Paris, France", 7]})
    tags.take_keywords([photo])
    search.index([photo.pk])

    assert tags.tags_of(photo.pk) == ["France", "Harbour", "Paris"]
    assert "Harbour" in Photo.objects.get().search_words


def test_reading_again_brings_new_keywords_and_no_old_ones():
    """What the owner took away stays away; what is new in the file comes."""
    packet = containers.xmp(containers.listed("dc:subject", ["sea", "sun"], "Bag"))
    content = containers.file("JPEG", xmp=packet)
    photo = PhotoFactory(content=content, extension="jpg", metadata={"keywords": ["Sea"]})
    reread(photo.pk)

    assert tags.tags_of(photo.pk) == ["sun"]
    tags.drop({photo.pk: ["sun"]})
    reread(photo.pk)
    assert tags.tags_of(photo.pk) == []
