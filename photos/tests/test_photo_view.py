"""The photo page, and what it can do."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from lib import clock
from photos.about.details import camera, heading, made_with
from photos.models import Photo
from photos.tests.factories import PhotoFactory


def test_the_page_tells_what_is_known(owner_client):
    """Prompt, seed as text, and the way to the original."""
    photo = PhotoFactory(generated=True, generation_params={"seed": 2**63 + 5})

    page = owner_client.get(photo.get_absolute_url()).content.decode()

    assert photo.generation_prompt in page
    assert str(2**63 + 5) in page
    assert photo.download_url in page


def test_neighbours_follow_the_filter_of_the_address(owner_client):
    """Walking stays inside what was searched for."""
    older, photo, newer = PhotoFactory(generated=True), PhotoFactory(), PhotoFactory(generated=True)

    generated = owner_client.get(photo.get_absolute_url(), {"source": "generated"})
    photographs = owner_client.get(photo.get_absolute_url(), {"source": "photo"})

    assert (generated.context["around"].newer, generated.context["around"].older) == (newer, older)
    assert (photographs.context["around"].newer, photographs.context["around"].older) == (None, None)


def test_neighbours_cost_two_queries_however_long_the_list_is(owner_client, django_assert_num_queries):
    """Session, owner, photo, its tags, and one for each side."""
    PhotoFactory.create_batch(20)
    photo = Photo.objects.all()[10]
    owner_client.get(photo.get_absolute_url())

    with django_assert_num_queries(7):
        owner_client.get(photo.get_absolute_url())


def test_the_way_back_leads_to_a_page_that_begins_with_the_photo(owner_client):
    """Without scripts the list opens where the photo is."""
    _, photo, _ = PhotoFactory(), PhotoFactory(), PhotoFactory()
    around = owner_client.get(photo.get_absolute_url()).context["around"]

    page = owner_client.get(f"/?{urlencode({'before': str(around.newer_key)})}")

    assert page.context["days"][0].photos[0] == photo


def test_opening_is_noted_at_most_hourly(owner_client):
    """Reading must not become writing."""
    photo = PhotoFactory()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        owner_client.get(photo.get_absolute_url())
        first = Photo.objects.get().last_accessed_at
        traveller.shift(timedelta(minutes=30))
        owner_client.get(photo.get_absolute_url())

    assert first is not None
    assert Photo.objects.get().last_accessed_at == first


@pytest.mark.parametrize(
    ("trait", "sentence"), [("pending", "Waiting to be fetched"), ("failed", "Could not be fetched")]
)
def test_a_picture_that_is_not_here_has_an_honest_page(owner_client, trait, sentence):
    """It says what is missing and what happens next, and offers no download."""
    photo = PhotoFactory(**{trait: True})

    page = owner_client.get(photo.get_absolute_url()).content.decode()

    assert sentence in page
    assert "/pictures/original" not in page


def test_the_favourite_button_says_what_it_is(owner_client):
    """For htmx the answer is the button alone."""
    photo = PhotoFactory()

    button = owner_client.post(f"/photos/{photo.pk}/favourite/", {"on": "1"}, headers={"HX-Request": "true"})

    assert 'aria-pressed="true"' in button.content.decode()
    assert Photo.objects.get().is_favorite


def test_trashing_goes_on_to_the_next_picture(owner_client):
    """And from the last one to the one before, and from the only one to the timeline."""
    photos = [PhotoFactory(), PhotoFactory()]
    addresses = [owner_client.post(f"/photos/{photo.pk}/trash/").url for photo in reversed(photos)]

    assert addresses == [photos[0].get_absolute_url(), "/"]
    assert Photo.objects.trashed().count() == 2


def test_a_purged_photo_has_no_page(owner_client):
    """A tombstone is only for the lineage."""
    photo = PhotoFactory(trashed=True, purged_at=clock.now())

    assert owner_client.get(photo.get_absolute_url()).status_code == 404


def test_a_generated_picture_is_called_by_its_first_words():
    """A title goes before; the name of its file says nothing."""
    photo = PhotoFactory.build(is_generated=True, generation_prompt="one two three " * 5, original_name="a.png")

    assert heading(photo) == "one two three one two three one two three one …"
    photo.title = "Counting"
    assert heading(photo) == "Counting"


def test_the_scheduler_is_told_as_people_call_it():
    """InvokeAI's word stays in the database; a CLIP skip of nothing is not worth a row."""
    photo = PhotoFactory.build(generation_params={"scheduler": "dpmpp_2m_k", "clip_skip": 0})

    assert [(fact.name, fact.value) for fact in made_with(photo)] == [("Scheduler", "DPM++ 2M Karras")]


def test_seamless_edges_and_rescaling_are_told_where_they_were_asked_for() -> None:
    """None of them says as much as nothing."""
    plain = PhotoFactory.build(generation_params={"cfg_rescale_multiplier": 0.0, "seamless_x": False})
    tiled = PhotoFactory.build(
        generation_params={"cfg_rescale_multiplier": 0.5, "seamless_x": True, "seamless_y": True}
    )

    assert made_with(plain) == []
    assert [(fact.name, fact.value) for fact in made_with(tiled)] == [
        ("CFG rescale", "0.5"),
        ("Seamless", "across and down"),
    ]


def test_a_refiner_is_told_with_its_settings() -> None:
    """Its scheduler as people write it."""
    params = {"refiner_model": {"name": "Finish"}, "refiner_start": 0.8, "refiner_scheduler": "dpmpp_2m_k"}

    assert [(fact.name, fact.value) for fact in made_with(PhotoFactory.build(generation_params=params))] == [
        ("Refiner", "Finish"),
        ("Refiner start", "0.8"),
        ("Refiner scheduler", "DPM++ 2M Karras"),
    ]


def test_a_name_of_numbers_is_not_a_heading():
    """What a server called the file is left to the facts."""
    photo = PhotoFactory.build(original_name="86e8fd6c-4cde-59eb-89ee-eb23acdcbee8.png", is_generated=True)

    assert heading(photo) == "Generated picture"
    assert heading(PhotoFactory.build(original_name="Harbour.jpg")) == "Harbour.jpg"


def test_facts_survive_odd_parameters():
    """Whatever a generator wrote, the page shows what it can."""
    photo = PhotoFactory.build(
        generation_params={"seed": 0, "loras": ["soft", {"model": {"name": "film"}, "weight": 0.6}]}
    )

    assert [(fact.name, fact.value) for fact in made_with(photo)] == [
        ("Seed", "0"),
        ("LoRA", "soft"),
        ("LoRA", "film, 0.6"),
    ]


def test_the_camera_is_told_as_photographers_say_it():
    """Shutter as a fraction, aperture as f/, ISO in front."""
    written = {"make": "Larch", "model": "Larch F2", "exposure": 0.004, "f_number": 8.0, "iso": 160.0}

    facts = {fact.name: fact.value for fact in camera(PhotoFactory.build(metadata={"camera": written}))}

    assert facts == {"Camera": "Larch F2", "Exposure": "1/250 s, f/8, ISO 160"}
