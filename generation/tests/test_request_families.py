"""The form offers what the model's family knows, and nothing else."""

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from generation.asking.offers import Offers
from generation.forms import RequestForm
from generation.forms.changing import changed
from generation.forms.writing import SWITCHES
from generation.recipes.recipe import REFINER_FIELDS, ModelChoice
from lib import clock
from models_catalog.models import Model, ServerAbilities
from settings_app import connections

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def add(key: str, kind: str, base: str, **more: Any) -> Model:
    """Install a model."""
    server = connections.current_server()
    return Model.objects.create(
        key=key, name=key.title(), type=kind, base=base, hash=f"hash-{key}", server=server, **more
    )


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    """The server has two families, and LoRAs for both."""
    add("sd1", "main", "sd-1", default_steps=22, default_settings={"cfg_rescale_multiplier": 0.3})
    add("flux", "main", "flux", variant="dev", format="checkpoint")
    add("mist", "lora", "sd-1", default_settings={"weight": 0.6}, trigger_phrases=["morning mist"])
    add("gold", "lora", "flux")


def companions() -> None:
    """Install what FLUX needs besides."""
    add("t5", "t5_encoder", "any")
    add("clip", "clip_embed", "any", variant="large")
    add("ae", "vae", "flux")


def form(model: str, **changes: Any) -> RequestForm:
    """Return the form as a browser sends it."""
    data = QueryDict(mutable=True)
    values = {"prompt": "a fox", "model": model, "shape": "Square (1:1)", "count": "1", "steps": "4", "cfg_scale": "7",
              "scheduler": "euler", "guidance": "3.5"}  # fmt: skip
    for name, value in {**values, **changes}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return RequestForm(data, offers=Offers.now())


def test_loras_keep_their_weights() -> None:
    """A weight left empty is the LoRA's own."""
    asked = form("sd1", lora=["mist", ""], lora_weight=["", ""])

    assert asked.is_valid(), asked.errors
    assert [(lora.model.key, lora.weight) for lora in asked.recipe.loras] == [("mist", 0.6)]


def test_a_lora_of_another_family_rests() -> None:
    """It is in the form for when such a model is chosen again, and not in the request."""
    asked = form("sd1", lora=["mist", "gold"], lora_weight=["1.2", "0.5"])

    assert asked.is_valid(), asked.errors
    assert [lora.model.key for lora in asked.recipe.loras] == ["mist"]
    assert [(row.model.key, row.rests) for row in asked.lora_rows] == [("mist", False), ("gold", True)]


def test_a_weight_that_is_no_number_is_told() -> None:
    """Beside the LoRAs."""
    assert list(form("sd1", lora=["mist"], lora_weight=["heavy"]).errors) == ["loras"]


def test_a_family_without_a_scale_gets_none() -> None:
    """What was entered for another family is not sent."""
    companions()
    asked = form("flux", negative_prompt="blurry", clip_skip="2", seamless_x="on")

    assert asked.is_valid(), asked.errors
    recipe = asked.recipe
    assert (recipe.guidance, recipe.negative_prompt, recipe.clip_skip, recipe.seamless_x) == (3.5, "", 0, False)
    assert sorted(recipe.companions) == ["clip_embed", "t5_encoder", "vae"]


def test_a_missing_companion_is_named() -> None:
    """The sentence says what to install."""
    asked = form("flux")

    assert not asked.is_valid()
    assert "T5 encoder" in asked.errors["model"][0]
    assert "T5 encoder" in asked.missing


def test_the_page_shows_only_what_the_model_knows(owner_client: Client) -> None:
    """A wall of controls that mean nothing would help nobody."""
    companions()
    known = {model: shown(owner_client, model) for model in ("sd1", "flux")}

    assert {"cfg_scale", "clip_skip", "vae", "seamless_x"} <= known["sd1"]
    assert {"guidance", "companion-t5_encoder"} <= known["flux"]
    assert not known["flux"] & {"cfg_scale", "clip_skip", "seamless_x"}


def shown(client: Client, model: str) -> set[str]:
    """Return the names of the fields that can be seen."""
    page = client.post("/generate/fields/", {"model": model}, headers=HTMX).content.decode()
    page = re.sub(r"<input type=\"hidden\"[^>]*>", "", page)
    return set(re.findall(r'name="([a-z0-9_-]+)"', page))


def test_what_another_family_does_not_know_comes_back_with_the_first() -> None:
    """Nothing that was entered is lost by trying another model."""
    data = QueryDict("model=flux&made_for=sd1&clip_skip=2&cfg_scale=5.5&steps=22&scheduler=ddim")
    away = RequestForm(offers=Offers.now(), initial=changed(data, Offers.now()))

    assert {("clip_skip", "2"), ("cfg_scale", "5.5")} <= set(away.resting)
    assert away["steps"].value() == "28"


def grand() -> Model:
    """Install an SDXL model and return a refiner for it."""
    add("grand", "main", "sdxl")
    return add("finish", "main", "sdxl-refiner")


def test_a_refiner_is_offered_for_sdxl_alone(owner_client: Client) -> None:
    """And only where the server has one; it makes no pictures by itself."""
    add("grand", "main", "sdxl")
    before = shown(owner_client, "grand")
    add("finish", "main", "sdxl-refiner")

    assert "refiner_model" not in before | shown(owner_client, "sd1")
    assert {"refiner_model", *REFINER_FIELDS} <= shown(owner_client, "grand")
    assert "finish" not in [model.key for model in Offers.now().models]


def test_a_refiner_is_asked_for_with_what_is_usual() -> None:
    """What was left empty is as InvokeAI has it."""
    finish = grand()
    asked = form("grand", refiner_model="finish", refiner_start="0,7", refiner_steps="")

    assert asked.is_valid(), asked.errors
    recipe = asked.recipe
    assert recipe.refiner_model == ModelChoice.of(finish)
    assert (recipe.refiner_start, recipe.refiner_steps, recipe.refiner_scheduler) == (0.7, 20, "euler")
    assert (recipe.refiner_positive_aesthetic_score, recipe.refiner_negative_aesthetic_score) == (6, 2.5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("refiner_start", "1.1"),
        ("refiner_steps", "many"),
        ("refiner_cfg_scale", "0.5"),
        ("refiner_scheduler", "best"),
        ("refiner_positive_aesthetic_score", "11"),
        ("refiner_negative_aesthetic_score", "high"),
        ("refiner_model", "gone"),
    ],
)
def test_what_a_refiner_cannot_do_is_told_beside_it(name: str, value: str) -> None:
    """With a refiner of its own or one that is gone; without one it does not matter."""
    grand()

    assert list(form("grand", **{"refiner_model": "finish", name: value}).errors) == [name]
    assert name == "refiner_model" or form("grand", **{name: value}).is_valid()


def test_a_refiner_rests_while_another_family_is_chosen() -> None:
    """Its settings come back with an SDXL model."""
    grand()
    asked = form("sd1", refiner_model="finish", refiner_steps="33")

    assert asked.is_valid(), asked.errors
    assert asked.recipe.refiner_model is None
    assert {("refiner_model", "finish"), ("refiner_steps", "33")} <= set(asked.resting)


def test_a_request_like_another_has_its_refiner() -> None:
    """Also under the key a newer installation gave it."""
    finish = grand()
    asked = form("grand", refiner_model="finish", refiner_start="0.65")
    assert asked.is_valid(), asked.errors
    Model.objects.filter(pk=finish.pk).update(key="finish-anew")

    values = Offers.now().like(asked.recipe)

    assert (values["refiner_model"], values["refiner_start"]) == ("finish-anew", "0.65")


def test_switches_are_off_until_chosen() -> None:
    """And mean nothing to a family without them."""
    grand()
    companions()
    known_to_be("6.14.2")
    off, on = form("grand"), form("grand", **dict.fromkeys(SWITCHES, "on"))
    other = form("flux", **dict.fromkeys(SWITCHES, "True"))

    assert off.is_valid(), off.errors
    assert on.is_valid(), on.errors
    assert other.is_valid(), other.errors
    told = [{getattr(asked.recipe, name) for name in SWITCHES} for asked in (off, on, other)]
    assert told == [{False}, {True}, {False}]
    assert {(name, "True") for name in SWITCHES} <= set(other.resting)


@pytest.mark.parametrize(("version", "is_offered"), [("6.9.0", False), ("6.14.2", True)])
def test_what_an_older_server_leaves_out_is_not_offered(
    owner_client: Client, version: str, *, is_offered: bool
) -> None:
    """And not asked for, when it was chosen for another server."""
    grand()
    known_to_be(version)
    asked = form("grand", color_compensation="on")

    assert asked.is_valid(), asked.errors
    assert asked.recipe.color_compensation == is_offered
    assert ("color_compensation" in shown(owner_client, "grand")) == is_offered


def known_to_be(version: str) -> None:
    """Remember the version of the server in use."""
    ServerAbilities.objects.create(server=connections.current_server(), version=version, learnt_at=clock.now())


def test_schedulers_are_those_of_the_family() -> None:
    """With their names as people write them."""
    companions()

    assert ("euler_a", "Euler a") in form("sd1").schedulers
    assert [name for name, _ in form("flux").schedulers] == ["euler", "heun", "lcm"]


def test_the_models_own_wishes_are_the_defaults() -> None:
    """Steps and rescale of the one, the family's guidance of the other."""
    first, second = form("sd1").defaults, form("flux").defaults

    assert (first["steps"], first["cfg_rescale_multiplier"]) == ("22", "0.3")
    assert (second["steps"], second["guidance"], second["scheduler"]) == ("28", "4", "euler")


def test_the_form_begins_with_a_model_that_can_be_used() -> None:
    """One whose companions are missing comes before it in the alphabet."""
    Model.objects.filter(key="flux").update(name="Aspen")

    assert Offers.now().fresh()["model"] == "sd1"
