"""What a request begins with when it begins from a photo: its words, all of its settings, or the picture itself.

A picture of our own is asked for as its step was. Of one that another program made, what InvokeAI has as well is taken
over, and the rest is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from generation.asking.offers import Offers
from generation.choices import Mode
from generation.forms.changing import with_source
from generation.models import GenerationStep
from generation.recipes.recipe import Recipe
from generation.recipes.translating import translate, words_of
from generation.words.parsing import escaped
from photos.models import Photo


class Use(StrEnum):
    """What of a photo a request begins with."""

    REFINE = "refine"
    VARY = "vary"
    PROMPT = "prompt"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Beginning:
    """The values a form begins with.

    Attributes:
        taken: what was taken over, in a few words; empty where the form shows it by itself.
        notes: sentences about what could not be.
    """

    values: dict[str, Any]
    taken: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Possible:
    """What can be begun from a photo."""

    refine: bool
    words: bool
    settings: bool

    def __bool__(self) -> bool:
        return self.refine or self.words or self.settings


TAKEN = {
    Use.VARY: "everything but the seed",
    Use.PROMPT: "the prompt and the negative prompt",
    Use.EVERYTHING: "everything that is known of it",
}
NOTHING_KNOWN = "How it was made is not known, so the request begins with the picture alone."


def possible(photo: Photo) -> Possible:
    """Return what can be begun from a photo: from a photograph only refining it, from what was thrown away nothing."""
    if photo.in_trash:
        return Possible(refine=False, words=False, settings=False)
    words = bool(photo.generation_prompt)
    return Possible(
        refine=photo.is_here,
        words=words,
        settings=words and bool((photo.generation_params or {}).get("model")),
    )


def begin_from(photo: Photo, use: Use, offers: Offers) -> Beginning:
    """Return what a new session begins with."""
    can = possible(photo)
    if use == Use.PROMPT or not can.settings:
        words, notes = words_of(photo) if can.words else ({}, [] if use == Use.REFINE else [NOTHING_KNOWN])
        values = {**offers.fresh(), **words}
        begun = Beginning(values, TAKEN[Use.PROMPT] if can.words else "", notes)
    else:
        begun = _with_settings(photo, offers, has_seed=use == Use.EVERYTHING)
        begun = replace(begun, taken=TAKEN.get(use, ""))
    if use == Use.REFINE or not (can.words or can.settings):
        return replace(begun, values={**begun.values, **with_source(str(photo.pk))}, taken="")
    return begun


def _with_settings(photo: Photo, offers: Offers, *, has_seed: bool) -> Beginning:
    recipe = _recipe_of(photo)
    if recipe is None:
        found = translate(photo, offers)
        values, notes = found.values, found.notes
    else:
        values, notes = offers.like(recipe), _missing(recipe, offers)
    seed = _seed(photo, values) if has_seed else {"seed": ""}
    words = {} if recipe is None else _words(photo)
    notes = [note for note in notes if has_seed or not note.startswith("The seed")]
    return Beginning({**values, **words, "template": "", "value": {}, **seed}, notes=notes)


def _recipe_of(photo: Photo) -> Recipe | None:
    """Return the request that made it, if one of ours did."""
    step = GenerationStep.objects.filter(alternatives__image=photo.pk).order_by("created_at").first()
    recipe = Recipe.from_parameters(step.parameters) if step else None
    return None if recipe is None or recipe.mode == Mode.UPSCALE else recipe


def _words(photo: Photo) -> dict[str, str]:
    """Return the words, written so that exactly they come out."""
    return {
        "prompt": escaped(photo.generation_prompt or ""),
        "negative_prompt": escaped(photo.generation_negative_prompt or ""),
    }


def _seed(photo: Photo, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the seed, for one picture: those after it have other seeds."""
    seed = values["seed"] if "seed" in values else (photo.generation_params or {}).get("seed")
    return {"seed": "" if seed is None else str(seed), "count": "1", "other_count": ""}


def _missing(recipe: Recipe, offers: Offers) -> list[str]:
    """Say which models of a request of ours the server does not have any more."""
    values = offers.like(recipe)
    wanted = [(recipe.model.name, values["model"])]
    if recipe.vae:
        wanted.append((recipe.vae.name, values["vae"]))
    if recipe.refiner_model:
        wanted.append((recipe.refiner_model.name, values["refiner_model"]))
    notes = [f"The server does not have “{name}” any more. Choose another." for name, key in wanted if not key]
    lost = len(recipe.loras) - len(values["loras"])
    return [*notes, f"{lost} of its LoRAs are not on the server any more."] if lost else notes
