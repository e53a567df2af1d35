"""A request that was too large for the server is offered smaller."""

import pytest
from django.test import Client
from django.urls import reverse

from generation.asking import shrinking
from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep
from generation.recipes.recipe import Recipe
from generation.recipes.shapes import Size
from generation.running.explaining import explain
from generation.tests.factories import StepFactory, make_recipe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nudges")]

TOO_LARGE = explain("OutOfMemoryError", "CUDA out of memory. Tried to allocate 9.00 GiB")


def failed(*, width: int = 1024, height: int = 768, reason: str = TOO_LARGE) -> GenerationStep:
    """Return a step the server could not make."""
    return StepFactory(
        status=StepStatus.FAILED,
        outcome=Outcome.FAILED,
        error_message=reason,
        recipe=make_recipe(width=width, height=height),
    )


def test_three_quarters_of_the_sides_are_offered() -> None:
    """That is little more than half the pixels, and still a size the model takes."""
    assert shrinking.size_after(failed()) == Size(768, 576)


@pytest.mark.parametrize("step", [{"reason": "The model is gone."}, {"width": 264, "height": 264}])
def test_nothing_is_offered_where_it_would_not_help(step: dict[str, object]) -> None:
    """Another fault, or a size that is small already."""
    found = failed(**step)

    assert shrinking.size_after(found) is None
    assert shrinking.start_smaller(found) is None


def test_one_click_starts_it_smaller(owner_client: Client) -> None:
    """Everything else stays as it was asked for, seeds included."""
    step = failed()
    page = owner_client.get(step.get_absolute_url()).content.decode()
    owner_client.post(reverse("generation:retry-smaller", args=[step.pk]))
    smaller = Recipe.from_parameters(step.session.steps.exclude(pk=step.pk).get().parameters)

    assert "Try 768 × 576" in page
    assert (smaller.width, smaller.height) == (768, 576)
    assert smaller.seeds == make_recipe().seeds


def test_a_step_that_was_not_too_large_starts_nothing(owner_client: Client) -> None:
    """An old page may still have the button."""
    step = failed(reason="The model is gone.")
    owner_client.post(reverse("generation:retry-smaller", args=[step.pk]))

    assert step.session.steps.count() == 1


def test_a_missing_model_leads_to_the_choice_of_another(owner_client: Client) -> None:
    """And to the catalogue, which may be old."""
    step = failed(reason=explain(None, "Unknown model: abc"))
    page = owner_client.get(step.get_absolute_url()).content.decode()

    assert "Choose another model" in page
    assert reverse("models_catalog:sync") in page
