"""What pictures have in common, as it is read from their columns."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from photos.choices import TraitKind
from photos.models import PhotoTrait, Trait
from photos.searching import search
from photos.searching.traits import traits_of
from photos.searching.wording import search_words
from photos.tests.factories import PhotoFactory

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "model", "make"]), inner),
    max_leaves=6,
)
PARAMS = st.dictionaries(
    st.sampled_from(["seed", "loras", "sampler", "scheduler", "model", "generator"]), JSON, max_size=3
)
METADATA = st.dictionaries(st.sampled_from(["camera", "place"]), JSON, max_size=2)


@given(PARAMS, METADATA, st.text(max_size=20))
def test_nothing_written_in_a_file_stops_the_reading(params, metadata, model):
    """Each trait is said once, has a name, and no file brings thousands."""
    traits = traits_of(params, metadata, model)

    assert all(value == " ".join(value.split()) != "" for _, value in traits)
    assert len({(kind, value.casefold()) for kind, value in traits}) == len(traits) <= 300


def test_the_schedule_of_other_generators_is_no_sampler():
    """InvokeAI says scheduler where others say sampler."""
    kinds = dict(traits_of({"sampler": "DPM++ 2M", "scheduler": "karras"}, {}, ""))

    assert kinds[TraitKind.SAMPLER] == "dpmpp_2m"
    assert dict(traits_of({"scheduler": "euler"}, {}, ""))[TraitKind.SAMPLER] == "euler"


@pytest.mark.parametrize(
    ("camera", "name"),
    [
        ({"make": "Canon", "model": "Canon EOS R5"}, "Canon EOS R5"),
        ({"make": "SONY", "model": "ILCE-7M4"}, "SONY ILCE-7M4"),
        ({"model": "Pixel 9"}, "Pixel 9"),
    ],
)
def test_a_camera_is_called_by_make_and_model(camera, name):
    """Without saying the make twice."""
    assert dict(traits_of(None, {"camera": camera}, ""))[TraitKind.CAMERA] == name


@pytest.mark.django_db
def test_what_is_shared_is_kept_once():
    """Whatever its capitals."""
    photos = [PhotoFactory(metadata={"camera": {"model": name}}) for name in ("Pixel", "pixel", "PIXEL ")]
    search.index([photo.pk for photo in photos])

    assert Trait.objects.get().kind == TraitKind.CAMERA
    assert PhotoTrait.objects.count() == 3


@pytest.mark.django_db
def test_indexing_many_asks_as_often_as_indexing_one():
    """An import hands in hundreds at once."""
    photos = [
        PhotoFactory(generated=True, generation_params={"seed": n}, metadata={"camera": {"model": f"k{n}"}})
        for n in range(30)
    ]
    with CaptureQueriesContext(connection) as one:
        search.index([photos[0].pk])
    with CaptureQueriesContext(connection) as many:
        search.index([photo.pk for photo in photos[1:]])

    assert len(one) == len(many)


@pytest.mark.django_db
def test_indexing_again_writes_nothing_new():
    """It is safe to repeat."""
    photo = PhotoFactory(generated=True, metadata={"camera": {"model": "k", "lens": "l"}})
    search.index([photo.pk])
    links = set(PhotoTrait.objects.values_list("pk", flat=True))
    search.index([photo.pk])

    assert set(PhotoTrait.objects.values_list("pk", flat=True)) == links


def test_words_with_accents_are_found_without_them():
    """Keyboards differ."""
    assert search_words("", ["Café Müller"]) == "Café Müller Cafe Muller"


def test_joined_words_of_a_prompt_are_taken_apart():
    """Some databases take them for the name of a file or a host."""
    assert search_words("a forest/lake, 8k", ["IMG_2071.jpg"]) == "IMG 2071 jpg forest lake"
