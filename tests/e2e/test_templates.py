"""Templates with variables and choices, from writing one to the pictures that came of it; and the life of a session."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from demo.standin.backend import Pace
from demo.standin.running import StandIn
from generation.models import GenerationSession, GenerationStep, PromptTemplate
from generation.recipes.recipe import Recipe
from generation.tests.factories import SessionFactory, TemplateFactory
from models_catalog import syncing
from photos.models import Photo
from settings_app.models import ApplicationSettings
from tests.e2e.following import following
from tests.e2e.worker import Worker


@pytest.fixture
def server(owner: User) -> Iterator[StandIn]:
    """A quick server; the gallery is set to it and knows its models."""
    with StandIn(pace=Pace(seconds_per_step=0.02)) as running:
        ApplicationSettings.load()
        ApplicationSettings.objects.update(local_backend_url=running.url, default_steps=4, default_batch_size=2)
        syncing.sync_current()
        yield running


@pytest.fixture
def follower(server: StandIn) -> Iterator[None]:
    """Follows what the server makes, in a thread as in its process."""
    with following():
        yield


def test_a_template_with_variables_becomes_pictures(
    page: Page, server: StandIn, follower: None, worker: Worker
) -> None:
    """What is shown before it is sent is what each picture is made of, and the template shows what came of it."""
    page.goto("/templates/new/")
    page.get_by_label("Name").fill("Film still")
    page.get_by_label("Prompt", exact=True).fill("film still of {prompt} in {place}, {red|green|blue} light")
    expect(page.locator("#trial")).to_contain_text("film still of a fox in the snow in [place]")
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="Use").click()

    page.get_by_label("Prompt", exact=True).fill("an owl")
    expect(page.locator("#words-preview")).to_contain_text("Fill in “place”.")
    page.get_by_label("Place").fill("the rain")
    expect(page.locator("#words-preview")).to_contain_text("film still of an owl in the rain")
    page.locator("#wildcard_seed").fill("7")
    page.get_by_label("Model", exact=True).select_option(label="Cedar 1.5")
    expect(page.locator("#model-size")).to_contain_text("512×512")
    page.get_by_label("Prompt", exact=True).press("Control+Enter")

    expect(page.locator("a.alternative img")).to_have_count(2, timeout=40_000)
    step = GenerationStep.objects.get()
    recipe = Recipe.from_parameters(step.parameters)
    each = {photo.generation_params["seed"]: photo.generation_prompt for photo in Photo.objects.all()}
    assert each == {seed: recipe.words_of(seed)[0] for seed in recipe.seeds}
    assert recipe.template_values == {"place": "the rain"}

    page.goto(PromptTemplate.objects.get().get_absolute_url())
    expect(page.get_by_role("heading", name="What came of it 2 pictures")).to_be_visible()
    expect(page.locator("#template-photos img")).to_have_count(2)


def test_choosing_a_template_by_keyboard_keeps_what_was_written(page: Page, server: StandIn) -> None:
    """Its variables appear, the focus stays, and a draft brings all of it back."""
    TemplateFactory(name="Alpha", prompt_text="{prompt} in {place}")
    page.goto("/generate/new/")
    page.get_by_label("Prompt", exact=True).fill("an owl")
    page.locator("#template").focus()
    page.keyboard.press("A")

    expect(page.get_by_label("Place")).to_be_visible()
    expect(page.locator("#template")).to_be_focused()
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("an owl")
    page.get_by_label("Place").fill("fog")
    expect(page.locator("#words-preview")).to_contain_text("an owl in fog")
    page.get_by_label("Prompt", exact=True).fill("a {b|b}")
    expect(page.locator("#words-preview")).to_contain_text("a b in fog")
    page.get_by_label("Prompt", exact=True).fill("an owl")
    page.reload()
    expect(page.get_by_label("Place")).to_have_value("fog")
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("an owl")
    expect(page.locator("#words-preview")).to_contain_text("an owl in fog")


def test_a_session_is_named_completed_deleted_and_brought_back(page: Page, server: StandIn) -> None:
    """From its menu; nothing is gone for good."""
    session = SessionFactory()
    page.goto(session.get_absolute_url())
    page.get_by_role("button", name="The session").click()
    page.get_by_role("link", name="Name it").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Owls")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Owls", level=1)).to_be_visible()

    page.get_by_role("button", name="The session").click()
    page.get_by_role("button", name="Complete").click()
    expect(page.locator("#toasts")).to_contain_text("The session is completed")
    page.goto("/generate/?status=completed")
    page.get_by_role("link", name="Owls").click()
    page.get_by_role("button", name="The session").click()
    page.get_by_role("button", name="Delete, keep the pictures").click()
    expect(page).to_have_url(re.compile("/generate/$"))
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Owls", level=1)).to_be_visible()
    assert GenerationSession.objects.get().status == "completed"
