"""From what was entered to a recipe; whether it may be sent is for the rules to say."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generation.asking import sources
from generation.asking.offers import Offers as Choices
from generation.choices import Mode
from generation.forms.fields import Number
from generation.recipes import rules
from generation.recipes.bases import Offers as Family
from generation.recipes.bases import companions_of, offers_of
from generation.recipes.recipe import REFINER_NUMBERS, LoraChoice, Margins, ModelChoice, Recipe, SourcePicture
from models_catalog.models import Model
from photos.models import Photo

# What a seed is until there is one for each picture.
NO_SEED = (0,)
USUAL_WEIGHT = 0.75
USUAL_SCHEDULER = "euler"
SWITCHES = ("gpu_noise", "color_compensation", "hidiffusion")


def recipe_of(
    model: Model, data: Mapping[str, Any], *, size: tuple[Any, Any], photo: Photo | None, offers: Choices
) -> Recipe:
    """Return the recipe for one seed. What the model does not know stays as a recipe has it from the start.

    Args:
        model: the one chosen.
        data: the form's cleaned values; a number that could not be read is None, and the rules say so.
        size: width and height.
        photo: the picture it grows from.
        offers: every other model of the server, and its version.
    """
    known = {other.key: other for other in offers.others}
    family = offers_of(model.base, model.variant)
    kinds = family.parameters - rules.unknown_parameters(offers.version) if family else frozenset()
    return Recipe(
        prompt=data.get("prompt", ""),
        model=ModelChoice.of(model),
        width=size[0],
        height=size[1],
        steps=data["steps"],
        seeds=NO_SEED,
        companions=_companions(model, data, known),
        **_of_family(replace(family, parameters=kinds), data) if family else {},
        **_loras(model, data, known),
        **_growing(data, photo),
    )


def _of_family(family: Family, data: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what means something to this family of models."""
    kinds = family.parameters
    wanted: dict[str, Any] = {}
    if "negative_prompt" in kinds:
        wanted["negative_prompt"] = data.get("negative_prompt", "")
    if "vae" in kinds and data.get("vae"):
        wanted["vae"] = ModelChoice.of(data["vae"])
    if "vae_precision" in kinds:
        wanted["vae_precision"] = data.get("vae_precision") or "fp32"
    if "clip_skip" in kinds:
        wanted["clip_skip"] = data.get("clip_skip")
    if "cfg_rescale_multiplier" in kinds:
        wanted["cfg_rescale_multiplier"] = data.get("cfg_rescale_multiplier")
    if "seamless" in kinds:
        wanted |= {"seamless_x": data.get("seamless_x", False), "seamless_y": data.get("seamless_y", False)}
    wanted |= {name: data.get(name, False) for name in SWITCHES if name in kinds}
    if "refiner" in kinds and data.get("refiner_model"):
        wanted |= _refining(data)
    if family.cfg_scale:
        wanted["cfg_scale"] = data.get("cfg_scale")
    if family.guidance:
        wanted["guidance"] = data.get("guidance")
    if family.schedulers:
        wanted["scheduler"] = data.get("scheduler", "")
    return wanted


def _refining(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "refiner_model": ModelChoice.of(data["refiner_model"]),
        "refiner_scheduler": data.get("refiner_scheduler") or USUAL_SCHEDULER,
        **{name: data.get(name) for name in REFINER_NUMBERS},
    }


def _loras(model: Model, data: Mapping[str, Any], known: Mapping[str, Model]) -> dict[str, Any]:
    """Leave out those of other families: they rest in the form until such a model is chosen again."""
    rows = [(known.get(key), weight) for key, weight in data.get("loras") or []]
    fitting = [(lora, weight) for lora, weight in rows if lora and lora.type == "lora" and suits(lora, model)]
    return {
        "loras": tuple(
            LoraChoice(ModelChoice.of(lora), weight_of(weight or usual_weight(lora))) for lora, weight in fitting
        )
    }


def suits(lora: Model, model: Model) -> bool:
    """Whether a LoRA is of the model's family."""
    family = offers_of(model.base, model.variant)
    return bool(family and "loras" in family.parameters and lora.base in {model.base, "any"})


def usual_weight(lora: Model) -> str:
    """Return what a LoRA is used with when nobody says otherwise."""
    return str(lora.default_settings.get("weight") or USUAL_WEIGHT)


def weight_of(text: str) -> Any:
    """Read a weight; what is no number stays None, which the rules refuse."""
    return Number().to_python(text)


def _companions(model: Model, data: Mapping[str, Any], known: Mapping[str, Model]) -> dict[str, ModelChoice]:
    chosen: dict[str, str] = data.get("companion") or {}
    found: dict[str, ModelChoice] = {}
    for companion in companions_of(model.base, model.variant, model.format):
        fitting = companion.among(known.values())
        named = known.get(chosen.get(companion.slot, ""))
        if named and companion.fits(named):
            found[companion.slot] = ModelChoice.of(named)
        elif companion.is_needed and fitting:
            found[companion.slot] = ModelChoice.of(fitting[0])
    return found


def words_for(model: Model, words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words as a recipe for a model has them: where it knows no negative prompt, there is none."""
    family = offers_of(model.base, model.variant)
    if family and "negative_prompt" in family.parameters:
        return dict(words)
    return {name: value for name, value in words.items() if not name.startswith("negative_")}


def _growing(data: Mapping[str, Any], photo: Photo | None) -> dict[str, Any]:
    """Return what decides how it grows from a picture: as a whole, in a part, or beyond its edges."""
    if photo is None:
        return {}
    margins = sources.margins_of(data)
    mode = mode_of(margins, data.get("mask", ""))
    source: SourcePicture = sources.picture_of(photo)
    wanted = {"mode": mode.value, "source": source, "strength": data.get("strength")}
    if mode == Mode.IMG2IMG:
        return wanted
    if mode == Mode.INPAINT:
        return {**wanted, "mask": data["mask"], "mask_blur": data.get("mask_blur")}
    return {**wanted, "margins": margins, "mask_blur": data.get("mask_blur")}


def mode_of(margins: Margins, mask: str) -> Mode:
    """Return how a request with a picture grows from it."""
    if not margins.is_empty:
        return Mode.OUTPAINT
    return Mode.INPAINT if mask else Mode.IMG2IMG


def places_of(recipe: Recipe, version: tuple[int, int] | None) -> dict[str, str]:
    """Return what is wrong with a recipe for a server's version, by the name of the form's field."""
    faults = rules.problems(recipe, version=version)
    return {PLACES.get(name, name): fault for name, fault in reversed(faults.items())}


# Where a rule's sentence stands when the form has no field of the rule's name.
PLACES = {
    "seeds": "count",
    "vae_precision": "vae",
    "companions": "model",
    "mode": "source",
    "margins": "margin_left",
    "coherence_mode": "mask",
    "coherence_edge": "mask",
    "coherence_min_denoise": "mask",
}
