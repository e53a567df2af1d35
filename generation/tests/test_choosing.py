"""Choosing the picture of a step."""

import uuid

import pytest

from generation.models import GenerationStep
from generation.sessions import choosing
from generation.tests.factories import AlternativeFactory, StepFactory


@pytest.fixture
def step(db: None) -> GenerationStep:
    """A step with two pictures."""
    step = StepFactory()
    AlternativeFactory.create_batch(2, step=step)
    return step


def selected(step: GenerationStep) -> list[uuid.UUID]:
    return list(step.alternatives.filter(selected=True).values_list("image_id", flat=True))


def test_the_step_and_its_alternative_agree_about_the_choice(step: GenerationStep) -> None:
    """The step's own field is the truth, and the mark of the alternative follows it."""
    image = step.alternatives.all()[1].image_id

    assert choosing.choose(step.pk, image)
    step.refresh_from_db()
    assert step.selected_image_id == image
    assert selected(step) == [image]


def test_another_choice_takes_the_place_of_the_first(step: GenerationStep) -> None:
    """At most one picture of a step is chosen."""
    first, second = step.alternatives.values_list("image_id", flat=True)
    choosing.choose(step.pk, first)
    choosing.choose(step.pk, second)

    step.refresh_from_db()
    assert step.selected_image_id == second
    assert selected(step) == [second]


def test_a_picture_of_another_step_cannot_be_chosen(step: GenerationStep) -> None:
    """What is not among the alternatives is refused, and nothing changes."""
    stranger = AlternativeFactory(step=StepFactory()).image_id

    assert not choosing.choose(step.pk, stranger)
    assert not choosing.choose(step.pk, uuid.uuid4())
    assert selected(step) == []


def test_a_choice_can_be_taken_back(step: GenerationStep) -> None:
    """Afterwards neither the step nor an alternative is marked."""
    choosing.choose(step.pk, step.alternatives.all()[0].image_id)
    choosing.choose_none(step.pk)

    step.refresh_from_db()
    assert step.selected_image_id is None
    assert selected(step) == []
