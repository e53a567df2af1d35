"""Pictures side by side."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generation.comparisons.comparing import apart, beside, lines
from generation.models import GenerationStep
from generation.tests.factories import AlternativeFactory, StepFactory
from photos.models import Photo
from photos.tests.factories import PhotoFactory

HTMX = {"HX-Request": "true"}


def made(step: GenerationStep, **params: object) -> Photo:
    """A picture of a step that is here, with these parameters."""
    params = {"steps": 30, "cfg_scale": 7.5, "seed": 11, **params}
    photo: Photo = AlternativeFactory(step=step, image__here=True, image__generation_params=params).image
    return photo


def address(*photos: Photo) -> str:
    return "/generate/compare/?" + "&".join(f"photo={photo.pk}" for photo in photos)


def told(*photos: Photo) -> dict[str, list[str]]:
    """What differs, as text."""
    found = lines(beside([photo.pk for photo in photos]))
    return {
        line.name: [" ".join(piece.words for piece in cell) for cell in line.cells] for line in found if line.differs
    }


@pytest.mark.django_db
def test_only_what_differs_is_told_first() -> None:
    """A value one of them lacks differs, too."""
    step = StepFactory()
    one, other = made(step, seed=1), made(step, seed=2, strength=0.5)

    assert told(one, other) == {"Seed": ["1", "2"], "Strength": ["", "0.5"]}


@pytest.mark.django_db
def test_several_loras_are_one_line() -> None:
    """Each with its weight."""
    step = StepFactory()
    one = made(step, loras=[{"model": {"name": "Ink"}, "weight": 0.5}, {"model": {"name": "Fog"}, "weight": 1}])

    assert told(one, made(step))["LoRA"] == ["Ink, 0.5, Fog, 1", ""]


@pytest.mark.django_db
def test_photographs_are_compared_by_their_cameras() -> None:
    """And by what their files are."""
    one = PhotoFactory(metadata={"camera": {"model": "F2", "iso": 100}})
    other = PhotoFactory(metadata={"camera": {"model": "F2", "iso": 400}})

    assert told(one, other)["Exposure"] == ["ISO 100", "ISO 400"]


def test_words_are_told_apart_one_by_one() -> None:
    """What both have is not marked."""
    pieces = apart("a fox in deep snow at night", "a fox in the snow")

    assert [(piece.words, piece.differs) for piece in pieces] == [
        ("a fox in", False), ("deep", True), ("snow", False), ("at night", True),
    ]  # fmt: skip


@pytest.mark.django_db
def test_each_picture_knows_its_step(owner_client: Client) -> None:
    """Its number there counts all of the step's pictures."""
    step = StepFactory()
    made(step)
    second, photograph = made(step), PhotoFactory()

    found = beside([second.pk, photograph.pk])
    assert [(one.letter, one.step, one.number) for one in found] == [("A", step.pk, 2), ("B", None, 0)]


@pytest.mark.django_db
def test_nine_take_as_many_queries_as_two() -> None:
    """Each question is asked once."""
    step = StepFactory()
    photos = [made(step).pk for _ in range(12)]
    counts = []
    for number in (2, 12):
        with CaptureQueriesContext(connection) as queries:
            found = beside(photos[:number])
            assert lines(found)
        counts.append((len(found), len(queries)))

    assert counts == [(2, 2), (9, 2)]


@pytest.mark.django_db
def test_the_page_works_without_scripts(owner_client: Client) -> None:
    """The pictures, what differs, and what can be done."""
    step = StepFactory()
    one, other = made(step, seed=1), made(step, seed=2)

    page = owner_client.get(address(one, other)).content.decode()
    assert page.count("compare__zoom") == 2
    assert '<th scope="row">Seed</th>' in page
    assert f'action="/generate/compare/{one.pk}/choose/"' in page


@pytest.mark.django_db
def test_what_is_not_there_is_said(owner_client: Client) -> None:
    """One picture alone cannot be compared; nonsense is no error."""
    one, gone = made(StepFactory()), PhotoFactory(deleted_at=timezone.now())

    assert b"1 of those asked for is not in the library" in owner_client.get(address(one, gone)).content
    assert b"Choose two to nine" in owner_client.get("/generate/compare/?photo=x").content
    assert b"9 pictures" in owner_client.get(address(*[made(StepFactory()) for _ in range(10)])).content


@pytest.mark.django_db
def test_choosing_beside_others_marks_both(owner_client: Client) -> None:
    """The answer holds what stands under each, for no picture moves."""
    step = StepFactory()
    one, other = made(step), made(step)
    posted = {"photo": [one.pk, other.pk]}

    page = owner_client.post(f"/generate/compare/{other.pk}/choose/", posted, headers=HTMX).content.decode()
    step.refresh_from_db()
    assert step.selected_image_id == other.pk
    assert page.count("hx-swap-oob") == 2

    owner_client.post(f"/generate/compare/{other.pk}/choose/", {**posted, "choice": "none"})
    step.refresh_from_db()
    assert step.selected_image_id is None


@pytest.mark.django_db
def test_a_photograph_has_no_step_to_be_chosen_in(owner_client: Client) -> None:
    """Asking for it changes nothing, and is no error."""
    for photo in (PhotoFactory().pk, uuid.uuid4()):
        assert owner_client.post(f"/generate/compare/{photo}/choose/", {"photo": [photo]}).status_code == 302


@pytest.mark.django_db
def test_the_librarys_selection_can_be_compared(owner_client: Client) -> None:
    """Two to nine of it; otherwise it is said how many."""
    photos = PhotoFactory.create_batch(10)
    compare = "/generate/compare/selected/"

    two = owner_client.post(compare, {"photo": [photo.pk for photo in photos[:2]]}, headers=HTMX)
    assert two["HX-Redirect"].count("photo=") == 2
    for some in (photos[:1], photos):
        answer = owner_client.post(compare, {"photo": [photo.pk for photo in some]}, headers=HTMX)
        assert b"Tick two to nine pictures" in answer.content
