"""Asking for a step again."""

import pytest
from django.test import Client
from django.urls import reverse

from demo.standin.running import StandIn
from generation.comparisons.differing import Difference
from generation.models import GenerationStep
from generation.recipes.recipe import ModelChoice
from generation.tests.conftest import recipe_for
from generation.tests.factories import AlternativeFactory, StepFactory
from settings_app.models import ApplicationSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def step(server: StandIn, nudges: object) -> GenerationStep:
    """A step of two pictures of the server in use."""
    ApplicationSettings.objects.update_or_create(pk=1, defaults={"local_backend_url": server.url})
    return StepFactory(server=server.url, recipe=recipe_for(server, seeds=(5, 6)))


def test_the_page_says_what_is_the_same(owner_client: Client, step: GenerationStep) -> None:
    """The version is not known, since the step was never sent; the model is the same."""
    page = owner_client.get(reverse("generation:again", args=[step.pk])).content.decode()

    assert "Run 2 pictures again" in page
    assert "the same" in page
    assert "not known" in page


def test_it_runs_as_a_step_of_the_same_session(owner_client: Client, step: GenerationStep) -> None:
    """And the studio opens at it."""
    answer = owner_client.post(reverse("generation:again", args=[step.pk]))
    again = step.repetitions.get()

    assert answer["Location"] == again.get_absolute_url()
    assert again.session == step.session


def test_a_missing_model_stops_it_with_a_sentence(owner_client: Client, step: GenerationStep, server: StandIn) -> None:
    """What would fail on the server is not offered."""
    gone = recipe_for(server, model=ModelChoice("nobody", "blake3:none", "Gone", "sd-1"))
    GenerationStep.objects.filter(pk=step.pk).update(parameters=gone.to_parameters())
    page = owner_client.get(reverse("generation:again", args=[step.pk])).content.decode()

    assert "not on the server" in page
    assert "disabled" in page


def test_a_server_that_is_away_is_said(owner_client: Client, step: GenerationStep, server: StandIn) -> None:
    """It can be started all the same, and waits."""
    ApplicationSettings.objects.update(local_backend_url="http://127.0.0.1:9")
    page = owner_client.get(reverse("generation:again", args=[step.pk])).content.decode()

    assert "The server was not asked" in page
    assert "disabled" not in page


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (None, "Being compared"),
        (Difference(), "Pixels equal"),
        (Difference(share=0.031, mean=4, most=61), "3.1 % of the pixels differ, by 4 levels on average, 61 at most"),
    ],
)
def test_the_stage_says_how_far_apart(
    owner_client: Client, step: GenerationStep, difference: object, words: str
) -> None:
    """While it is not known, the note asks again by itself."""
    made = AlternativeFactory(
        step=StepFactory(repeats=step, session=step.session), difference=difference and difference.as_json()
    )
    page = owner_client.get(reverse("generation:repetition", args=[made.step_id, made.image_id])).content.decode()

    assert words in page
    assert ("hx-trigger" in page) == (difference is None)
