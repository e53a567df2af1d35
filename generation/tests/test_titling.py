"""What steps are called in their tree."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from generation.models import GenerationStep
from generation.recipes.recipe import Margins, SourcePicture
from generation.sessions.titling import titles_of, told_apart
from generation.tests.factories import StepFactory, make_recipe
from photos.tests.factories import PhotoFactory


@pytest.mark.parametrize(
    ("words", "others", "told"),
    [
        ("a lighthouse on a headland, low sun", "a lighthouse on a headland, dusk", "… low sun"),
        ("an owl in the snow", "a fox in the snow", "an owl in the snow"),
        ("a fox in the snow", "", "a fox in the snow"),
        ("a fox in the snow", "a fox in the snow at night", "a fox in the snow"),
    ],
)
def test_a_title_says_which_words_are_new(words: str, others: str, told: str) -> None:
    """Steps of a session often begin alike."""
    assert told_apart(words, others) == told


def title_of(step: GenerationStep) -> str:
    return titles_of([step], {step.parent_id: step.parent} if step.parent else {})[step.pk]


@pytest.mark.django_db
def test_with_the_same_words_the_settings_tell() -> None:
    """Only those that are others; names stand for themselves."""
    first = StepFactory(recipe=make_recipe(steps=8))

    other = StepFactory(parent=first, recipe=make_recipe(steps=20, width=768, scheduler="ddim"))
    assert title_of(other) == "768 × 512, Steps 20, DDIM"


@pytest.mark.django_db
def test_with_nothing_new_it_is_the_same_again() -> None:
    """Or refined, when it grew from a picture."""
    first = StepFactory()

    assert title_of(StepFactory(parent=first)) == "The same again"
    assert title_of(StepFactory(parent=first, source_image=PhotoFactory())) == "Refined, the same words"


@pytest.mark.django_db
def test_a_step_of_a_table_says_its_values() -> None:
    """As the table's headings do."""
    cell = {"axes": [{"title": "Steps", "value": "20"}, {"title": "CFG", "value": "5"}]}

    assert title_of(StepFactory(sweep=uuid.uuid4(), sweep_cell=cell)) == "Steps 20, CFG 5"


@pytest.mark.django_db
def test_many_titles_take_one_query() -> None:
    """However many have the same words."""
    first = StepFactory()
    steps = [first, *StepFactory.create_batch(5, parent=first)]

    with CaptureQueriesContext(connection) as queries:
        titles_of(steps, {first.pk: first})
    assert len(queries) == 1


@pytest.mark.django_db
def test_a_part_of_a_picture_is_called_so() -> None:
    """Not by the size it was painted at, which is not that of the picture."""
    first = StepFactory()
    source = SourcePicture(str(uuid.uuid4()), 256, 256)
    painted = make_recipe(mode="inpaint", source=source, mask="m.png", width=768)
    wider = make_recipe(mode="outpaint", source=source, margins=Margins(left=64, top=32), width=768)

    assert title_of(StepFactory(parent=first, recipe=painted)).startswith("Only what was painted over")
    assert "Continued left 64, top 32" in title_of(StepFactory(parent=first, recipe=wider))


@pytest.mark.django_db
def test_a_repetition_is_called_so() -> None:
    """It has the words and settings of another step, wherever it stands."""
    assert title_of(StepFactory(repeats=StepFactory())) == "The same again"


@pytest.mark.django_db
def test_a_larger_picture_is_called_so() -> None:
    """Steps and scales mean nothing to an upscale model."""
    source = SourcePicture(str(uuid.uuid4()), 256, 256)
    larger = make_recipe(mode="upscale", source=source, upscale_factor=2.0, steps=30)

    assert title_of(StepFactory(parent=StepFactory(), recipe=larger)) == "Made larger 2×"
