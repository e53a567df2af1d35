"""What the request form accepts, and what it says otherwise."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from generation.asking.defaults import defaults_for, follow_model, shapes_for
from generation.asking.offers import Offers
from generation.choices import StepStatus
from generation.forms import RequestForm
from generation.recipes.recipe import ModelChoice
from generation.tests.factories import StepFactory, make_recipe
from lib import clock
from models_catalog.models import Model, ServerAbilities
from settings_app import connections
from settings_app.models import ApplicationSettings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    """The server has one model of each family, and a VAE for SDXL."""
    server = connections.current_server()
    Model.objects.create(key="sdxl", name="Grand", type="main", base="sdxl", hash="h1", server=server)
    Model.objects.create(
        key="sd1", name="Plain", type="main", base="sd-1", hash="h2", server=server, default_steps=22,
        default_cfg_scale=6,
    )  # fmt: skip
    Model.objects.create(key="vae", name="Clear", type="vae", base="sdxl", hash="h3", server=server)


def form(**changes: Any) -> RequestForm:
    """Return the form as a browser sends it."""
    sent = {
        "prompt": "a fox", "model": "sdxl", "shape": "Square (1:1)", "count": "4", "steps": "30", "cfg_scale": "7.5",
        "scheduler": "euler",
    }  # fmt: skip
    return RequestForm({**sent, **changes}, offers=Offers.now())


def test_what_is_in_order_becomes_a_recipe() -> None:
    """Four pictures need four seeds, and the model is named with its hash."""
    asked = form()

    assert asked.is_valid(), asked.errors
    assert (asked.recipe.width, asked.recipe.height, asked.recipe.batch_size) == (1024, 1024, 4)
    assert (asked.recipe.model.key, asked.recipe.model.hash) == ("sdxl", "h1")


def test_a_shape_has_the_size_its_model_is_good_at() -> None:
    """SD-1 at 1024 pixels repeats heads and horizons."""
    asked = form(model="sd1")

    assert asked.is_valid(), asked.errors
    assert (asked.recipe.width, asked.recipe.height) == (512, 512)


@pytest.mark.parametrize("seed", ["0", "4294967295"])
def test_a_seed_is_kept_to_the_last_digit(seed: str) -> None:
    """The first picture gets it."""
    asked = form(seed=seed, count="1")

    assert asked.is_valid(), asked.errors
    assert asked.recipe.seeds == (int(seed),)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("prompt", {"prompt": "  "}),
        ("model", {"model": "gone"}),
        ("width", {"shape": "free", "width": "65", "height": "512"}),
        ("height", {"shape": "free", "width": "512", "height": "tall"}),
        ("count", {"count": "", "other_count": "65"}),
        ("count", {"count": "", "other_count": "many"}),
        ("steps", {"steps": "0"}),
        ("cfg_scale", {"cfg_scale": "0.5"}),
        ("scheduler", {"scheduler": "magic"}),
        ("seed", {"seed": "4294967296"}),
        ("seed", {"seed": "-1"}),
        ("vae", {"vae": "vae", "model": "sd1"}),
    ],
)
def test_a_broken_rule_is_told_beside_its_field(field: str, changes: dict[str, str]) -> None:
    """Nothing that would be refused, or block the server's queue, is sent."""
    assert list(form(**changes).errors) == [field]


def test_the_sentence_names_the_nearest_value_that_fits() -> None:
    """An error says what to do next."""
    asked = form(shape="free", width="1217", height="832")

    assert asked.errors["width"] == ["SDXL takes multiples of 8. The nearest is 1216."]


def test_another_number_of_pictures_wins_over_the_ticked_one() -> None:
    """Six are not among the buttons."""
    asked = form(count="4", other_count="6")

    assert asked.is_valid(), asked.errors
    assert asked.recipe.batch_size == 6


def test_untouched_defaults_follow_the_model_and_entered_values_stay() -> None:
    """The steps were changed by hand, the CFG scale was not."""
    settings = ApplicationSettings.load()
    before = defaults_for(Model.objects.get(key="sdxl"), settings)
    after = defaults_for(Model.objects.get(key="sd1"), settings)

    values = follow_model({**before, "steps": "44"}, before, after)
    assert (values["steps"], values["cfg_scale"]) == ("44", "6")


def test_the_form_begins_with_the_request_of_the_step() -> None:
    """With its model under the key it has now, and without its seeds."""
    step = StepFactory(recipe=make_recipe(prompt="an owl", seeds=(1, 2, 3)))
    Model.objects.filter(key="sd1").update(hash=make_recipe().model.hash)

    values = Offers.now().initial(step)
    assert (values["prompt"], values["model"], values["other_count"]) == ("an owl", "sd1", "3")
    assert "seed" not in values


def test_a_shape_without_a_short_name_is_called_by_its_own() -> None:
    """The settings may hold any name."""
    settings = ApplicationSettings(aspect_ratios=[{"name": "Poster", "width": 800, "height": 1200}])

    assert [(shape.label, shape.ratio) for shape in shapes_for("sdxl", settings)] == [("Poster", 0.667)]


def test_the_pace_of_a_model_is_told_once_it_is_known() -> None:
    """From it the page works out how long a request will take; without experience nothing is promised."""
    assert form().pace == ""

    now = clock.now()
    recipe = make_recipe(model=ModelChoice.of(Model.objects.get(key="sdxl")), width=1000, height=1000, steps=7)
    StepFactory(recipe=recipe, status=StepStatus.COMPLETED, submitted_at=now - timedelta(seconds=80), completed_at=now)
    cache.clear()
    assert form().pace == "2"


@pytest.mark.parametrize(("version", "known"), [("6.12.0", False), ("6.14.2", True)])
def test_a_newer_scheduler_is_offered_where_the_server_has_it(version: str, known: bool) -> None:
    """The version is remembered from when the server was asked last."""
    ServerAbilities.objects.create(server=connections.current_server(), version=version)
    asked = form(scheduler="er_sde")

    assert asked.is_valid() is known
    assert "er_sde" in dict(asked.schedulers)  # also when it is unknown: what was sent is shown with its mistake
    assert ("er_sde" in dict(form().schedulers)) is known
