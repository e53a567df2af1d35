"""The studio's form puts templates around words, resolves choices, and every step tells how its words came about."""

from collections.abc import Iterator

import pytest
from django.test import Client

from generation.forms.writing import words_for
from generation.models import GenerationStep, PromptTemplate, WordList
from generation.recipes.recipe import Recipe
from generation.tests.conftest import Nudges
from generation.tests.factories import SessionFactory, StepFactory, TemplateFactory, make_recipe
from models_catalog.models import Model
from settings_app import connections

pytestmark = pytest.mark.django_db
NEW = "/generate/new/"
HTMX = {"HX-Request": "true"}
REQUEST = {
    "prompt": "a fox", "model": "sdxl", "shape": "Square (1:1)", "count": "4", "steps": "30", "cfg_scale": "7.5",
    "scheduler": "euler", "wildcard_seed": "11",
}  # fmt: skip


@pytest.fixture(autouse=True)
def catalogue(nudges: Nudges) -> None:
    """The server has two models, one of which knows no negative prompt."""
    for key, base in {"sdxl": "sdxl", "flux": "flux"}.items():
        Model.objects.create(key=key, name=key, type="main", base=base, hash=key, server=connections.current_server())


@pytest.fixture
def template() -> PromptTemplate:
    """One with a variable that has to be filled in, and one that need not be."""
    return TemplateFactory(name="Photo", prompt_text="{prompt} in {place}, {mood=calm}", negative_prompt="blurry")


def ask(client: Client, **changes: str) -> GenerationStep:
    answer = client.post(NEW, {**REQUEST, **changes})
    assert answer.status_code == 302, answer.context["form"].errors
    return GenerationStep.objects.latest("created_at")


def begun(client: Client, step: GenerationStep) -> dict[str, object]:
    form = client.get(step.get_absolute_url()).context["form"]
    return {name: form[name].value() for name in ("prompt", "negative_prompt", "template", "value")}


def test_a_step_tells_its_template_its_text_and_its_words(owner_client: Client, template: PromptTemplate) -> None:
    """The text is the one it had then, whatever the template is changed to."""
    step = ask(owner_client, template=str(template.pk), **{"value-place": "the snow"})
    PromptTemplate.objects.update(prompt_text="something else", name="Other")

    recipe = Recipe.from_parameters(step.parameters)
    assert (step.prompt, step.negative_prompt) == ("a fox in the snow, calm", "blurry")
    assert step.template == template
    assert (recipe.template_name, recipe.template) == ("Photo", "{prompt} in {place}, {mood=calm}")
    assert (recipe.written, recipe.template_values) == ("a fox", {"place": "the snow"})


def test_choices_give_each_picture_its_own_prompt(owner_client: Client) -> None:
    """The same seed gives the same words again."""
    WordList.objects.create(name="animal", entries="fox\nowl\ncat\ndog")
    steps = [ask(owner_client, prompt="a {red|blue} __animal__") for _ in range(2)]

    recipes = [Recipe.from_parameters(step.parameters) for step in steps]
    assert len(recipes[0].prompts) == 4
    assert len(set(recipes[0].prompts)) > 1
    assert recipes[0].prompts == recipes[1].prompts
    assert recipes[0].wildcard_seed == 11


def test_a_model_without_a_negative_prompt_gets_none() -> None:
    """Nothing is said to be sent that is not sent."""
    words = {"prompt": "a fox", "negative_prompt": "fog", "negative_prompts": ("fog", "rain")}

    assert words_for(Model(base="flux", variant=""), words) == {"prompt": "a fox"}
    assert words_for(Model(base="sdxl", variant=""), words) == words


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value-place": " "}, "Fill in “place”."),
        ({"value-place": "x", "prompt": "{a|" * 11 + "}" * 11}, "Braces stand in braces"),
        ({"template": "00000000-0000-0000-0000-000000000000"}, "This template is not there any more."),
        ({"template": "", "prompt": " "}, "Say what the pictures should show."),
        ({"template": "", "prompt": "{a|" * 11 + "}" * 11}, "Braces stand in braces"),
    ],
)
def test_words_that_cannot_be_resolved_are_said(
    owner_client: Client, template: PromptTemplate, changes: dict[str, str], sentence: str
) -> None:
    """Beside their field; nothing is sent."""
    answer = owner_client.post(NEW, {**REQUEST, "template": str(template.pk), **changes})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not GenerationStep.objects.exists()


def test_a_template_without_a_place_for_the_prompt_needs_none(owner_client: Client) -> None:
    """Its own words are enough."""
    template = TemplateFactory(prompt_text="an owl")

    assert ask(owner_client, prompt="", template=str(template.pk)).prompt == "an owl"


def test_the_next_request_begins_as_this_one_was_written(owner_client: Client, template: PromptTemplate) -> None:
    """Template, variables and choices, not the words they became."""
    step = ask(owner_client, prompt="a {red|blue} fox", template=str(template.pk), **{"value-place": "snow"})

    assert begun(owner_client, step) == {
        "prompt": "a {red|blue} fox",
        "negative_prompt": "",
        "template": str(template.pk),
        "value": {"place": "snow"},
    }


def test_without_its_template_a_request_begins_with_the_words_it_became(
    owner_client: Client, template: PromptTemplate
) -> None:
    """Nothing is lost by letting a template go."""
    step = ask(owner_client, template=str(template.pk), **{"value-place": "snow"})
    owner_client.post(f"{template.get_absolute_url()}delete/")

    assert begun(owner_client, step)["prompt"] == "a fox in snow, calm"


def test_words_that_only_look_like_choices_stay_what_they_were(owner_client: Client) -> None:
    """A step from before there were choices asks for the same again."""
    step = StepFactory(recipe=make_recipe(prompt="a {b|c}"))

    assert begun(owner_client, step)["prompt"] == r"a \{b\|c\}"


def test_the_address_may_name_a_template(owner_client: Client, template: PromptTemplate) -> None:
    """Its variables are asked for at once."""
    page = owner_client.get(NEW, {"template": str(template.pk)}).content.decode()

    assert 'name="value-place"' in page
    assert "Fill in “place”." in page
    assert owner_client.get(NEW, {"template": "00000000-0000-0000-0000-000000000000"}).status_code == 200


def test_choosing_a_template_brings_its_fields(owner_client: Client, template: PromptTemplate) -> None:
    """With what was entered for them before, and what would be sent."""
    sent = {**REQUEST, "template": str(template.pk), "value-place": "the snow"}
    answer = owner_client.post("/templates/field/", sent, headers=HTMX).content.decode()

    assert 'value="the snow"' in answer
    assert "a fox in the snow, calm" in answer


def test_what_would_be_sent_is_what_is_sent(owner_client: Client) -> None:
    """The seed on the page is the one that is used."""
    prompt = "a {red|blue|green|black} fox"
    shown = owner_client.post("/templates/words/", {**REQUEST, "prompt": prompt}, headers=HTMX).content.decode()
    step = ask(owner_client, prompt=prompt)

    words = Recipe.from_parameters(step.parameters).prompts
    places = list(_places(shown, words[:3]))
    assert places == sorted(places)
    assert 'value="11"' in shown


def _places(page: str, words: tuple[str, ...]) -> Iterator[int]:
    at = 0
    for line in words:
        at = page.index(f"<li>{line}", at) + 1
        yield at


def test_plain_words_need_no_preview(owner_client: Client) -> None:
    """Nothing is shown where it would only repeat the field."""
    assert "What is sent" not in owner_client.post("/templates/words/", REQUEST, headers=HTMX).content.decode()


def test_what_was_entered_rests_while_another_template_is_chosen(
    owner_client: Client, template: PromptTemplate
) -> None:
    """It is there again with the first one, and no step is told it was used."""
    other = TemplateFactory(prompt_text="{prompt}, ink")
    answer = owner_client.post("/templates/field/", {**REQUEST, "template": str(other.pk), "value-place": "snow"})
    assert '<input type="hidden" name="value-place" value="snow">' in answer.content.decode()

    step = ask(owner_client, template=str(other.pk), **{"value-place": "snow"})
    assert Recipe.from_parameters(step.parameters).template_values == {}


def test_without_scripts_a_button_brings_the_fields_of_a_template(
    owner_client: Client, template: PromptTemplate
) -> None:
    """Nothing is sent by it, and nothing of what was entered is lost."""
    page = owner_client.post(NEW, {**REQUEST, "template": str(template.pk), "take_out": "nothing"}).content.decode()

    assert 'name="value-place"' in page
    assert "a fox</textarea>" in page
    assert not GenerationStep.objects.exists()


def test_asking_in_a_session_that_had_ended_says_that_it_goes_on(owner_client: Client) -> None:
    """It is active again."""
    session = SessionFactory(status="completed")
    answer = owner_client.post(f"{session.get_absolute_url()}request/", REQUEST, follow=True)

    session.refresh_from_db()
    assert session.status == "active"
    assert "The session is active again" in answer.content.decode()
