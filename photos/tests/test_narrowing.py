"""Filters of the search box, on whichever database the tests run."""

from datetime import UTC, datetime

import pytest
from django.test.utils import override_settings
from django.utils import timezone

from photos import tags
from photos.models import Photo
from photos.querying import read
from photos.searching import narrowing, search
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def add(**facts):
    photo = PhotoFactory(**facts)
    search.index([photo.pk])
    return photo


def found(text):
    return set(narrowing.narrow(Photo.objects.visible(), read(text)))


def made(**params):
    return add(generated=True, generation_params=params, model_name="")


def taken(camera="", **facts):
    return add(metadata={"camera": {"make": "Canon", "model": camera}}, **facts)


@pytest.fixture(params=["few", "many"], autouse=True)
def way(request, monkeypatch):
    """Few matches are looked up in another way than many, with the same answer."""
    few = 4000 if request.param == "few" else 1
    monkeypatch.setattr("photos.searching.among.FEW", few)
    monkeypatch.setattr(search, "FEW", few)


def test_a_camera_is_found_by_a_part_of_its_name():
    """Nobody remembers what cameras call themselves."""
    first, second = taken("EOS R5"), taken("EOS 80D")
    add()

    assert found("camera:canon") == {first, second}
    assert found('camera:"eos r5"') == {first}
    assert found("-camera:canon") & {first, second} == set()


def test_an_exact_name_is_only_itself():
    """Else a model could not be told from its successor."""
    old, new = made(model={"name": "Dream"}), made(model={"name": "Dream 2"})

    assert found("model:dream") == {old}
    assert found("model:dre") == {old, new}


@pytest.mark.parametrize(
    "text",
    ["lora:detail", "seed:42", "sampler:euler", "generator:comfy", "model:dream", "seed:042", 'sampler:"Euler a"'],
)
def test_what_made_a_picture_is_found(text):
    """By each of its parts."""
    wanted = made(
        model={"name": "Dreamer"}, loras=[{"name": "More detail"}], seed=42, sampler="Euler a", generator="ComfyUI"
    )
    made(model={"name": "Other"}, seed=4200, sampler="ddim", generator="Fooocus")

    assert found(text) == {wanted}


def test_a_seed_may_be_longer_than_a_database_counts():
    """64 bits, without a sign."""
    wanted = made(seed="18446744073709551615")

    assert found("seed:18446744073709551615") == {wanted}


def test_tags_are_found_by_their_filter_and_as_words():
    """Whatever their capitals."""
    one, other, none = add(), add(), add()
    tags.put({one.pk: ["Harbour"], other.pk: ["harbour", " "]})
    search.index([one.pk, other.pk])

    assert found("tag:harbour") == found("harbour") == {one, other}
    assert found("is:untagged") == {none}
    assert found("-is:untagged") == {one, other}


def test_tags_stay_when_the_file_is_read_again():
    """They are the owner's."""
    photo = add()
    tags.put({photo.pk: ["harbour"]})
    search.index([photo.pk])

    assert found("tag:harbour") == {photo}


def test_traits_that_are_gone_are_not_found():
    """A file that is read again may say something else."""
    photo = made(seed=1, sampler="ddim")
    Photo.objects.update(generation_params={"seed": 2})
    search.index([photo.pk])

    assert found("seed:1") == found("sampler:ddim") == set()
    assert found("seed:2") == {photo}


def test_what_it_is_and_has():
    """Words of the closed filters."""
    parent = add(generated=True, is_favorite=True)
    child = add(generated=True, source_image=parent)
    photograph = add(generation_prompt=None)

    assert found("is:generated") == {parent, child}
    assert found("is:photo") == found("-is:generated") == found("-has:prompt") == {photograph}
    assert found("is:favorite") == found("has:children") == {parent}
    assert found("has:parent") == {child}
    assert found("-has:children") == {child, photograph}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("orientation:landscape", {"wide"}),
        ("orientation:portrait", {"tall"}),
        ("orientation:square", {"square"}),
        ("-orientation:square", {"wide", "tall"}),
        ("size:>=100", {"wide", "square"}),
        ("size:<100", {"tall"}),
        ("size:100..150", {"wide", "square"}),
        ("size:200x100", {"wide"}),
        ("width:>100", {"wide"}),
        ("height:300", {"tall"}),
        ("rating:>=3", {"tall", "square"}),
        ("rating:0", {"wide"}),
        ("rating:1..4", {"tall"}),
        ("rating:<5", {"wide", "tall"}),
    ],
)
def test_measures_are_compared(text, wanted):
    """The size is that of the shorter side."""
    photos = {
        "wide": add(width=200, height=100),
        "tall": add(width=50, height=300, rating=3),
        "square": add(width=100, height=100, rating=5),
    }

    assert found(text) == {photos[name] for name in wanted}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("date:2024", {1, 2, 3}),
        ("date:2024-03", {1, 2}),
        ("date:2024-03-31", {2}),
        ("date:2024-03..2024-04", {1, 2, 3}),
        ("date:2024-04..", {3}),
        ("date:..2024-03", {1, 2}),
        ("date:<2024", set()),
        ("-date:2024-03", {3}),
        ("date:0001..9999", {1, 2, 3}),
        ("date:>=9999-12-31", set()),
    ],
)
def test_dates_are_days_of_the_owner_s_time_zone(text, days):
    """The last evening of a month belongs to it, whatever the hour is elsewhere."""
    with override_settings(TIME_ZONE="America/New_York"), timezone.override("America/New_York"):
        photos = {
            1: add(taken_at=datetime(2024, 3, 1, 5, tzinfo=UTC)),
            2: add(taken_at=datetime(2024, 4, 1, 3, tzinfo=UTC)),
            3: add(taken_at=datetime(2024, 4, 1, 5, tzinfo=UTC)),
        }

        assert found(text) == {photos[day] for day in days}


def test_everything_must_hold_at_once():
    """Words, filters, and what must not be."""
    wanted = add(generated=True, generation_prompt="a fox at sea", rating=4)
    add(generated=True, generation_prompt="a fox at sea", rating=2)
    add(generated=True, generation_prompt="a fox at sea, blurry", rating=4)

    assert found("fox rating:>=3 -blurry is:generated") == {wanted}


def test_what_nobody_gave_a_meaning_keeps_everything(monkeypatch):
    """Photos alone knows no albums."""
    photo = add()
    monkeypatch.setattr("photos.extensions._conditions", {})

    assert found("album:Summer is:chosen") == {photo}
