"""What the form says of values to compare: one or two axes, each with its values."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from generation.asking.varying import MOST_PICTURES, MOST_VALUES, NUMBERS, TITLES, Axis, Cell, cells_of, numbers
from generation.forms.fields import Words
from generation.recipes.recipe import Recipe
from models_catalog.models import Model
from settings_app.schedulers import LABELS

PLACES = ("across", "down")
TOO_MANY = (
    "That would be {total} pictures, and {most} can be asked for at once. Take fewer values, or fewer pictures of each."
)
NO_NUMBERS = "Write numbers with commas between them, such as 20, 30, 40, or a range such as 20-40:5."
MIXED_UP = "Both directions compare the same thing. Choose another for one of them."


class Unclear(ValueError):
    """An axis cannot be read; the message is a sentence for the owner."""


class SweepFields(forms.Form):
    """The names an axis is sent by."""

    across = forms.CharField(required=False)
    across_values = forms.CharField(required=False)
    across_schedulers = Words(required=False)
    across_models = Words(required=False)
    down = forms.CharField(required=False)
    down_values = forms.CharField(required=False)
    down_schedulers = Words(required=False)
    down_models = Words(required=False)


def axis_of(
    place: str, data: Mapping[str, Any], recipe: Recipe, models: Mapping[str, Model], written: Callable[[Model], Recipe]
) -> Axis | None:
    """Return what differs in one direction; None when nothing does.

    Args:
        place: "across" or "down".
        data: the form's cleaned values.
        recipe: what is varied.
        models: those that can be chosen, by key.
        written: returns the recipe for another model.

    Raises:
        Unclear: it cannot be read, or has no meaning for this request.
    """
    name = data.get(place) or ""
    if name not in TITLES:
        return None
    if fault := _pointless(name, recipe):
        raise Unclear(fault)
    axis = _read(place, name, data, models, written)
    if not 2 <= len(axis.values) <= MOST_VALUES:
        raise Unclear(f"Name between 2 and {MOST_VALUES} values to compare.")
    return axis


def cells(recipe: Recipe, axes: list[Axis]) -> list[Cell]:
    """Return every combination.

    Raises:
        Unclear: there are too many pictures in all.
    """
    found = cells_of(recipe, axes)
    total = len(found) * recipe.batch_size
    if total > MOST_PICTURES:
        raise Unclear(TOO_MANY.format(total=total, most=MOST_PICTURES))
    return found


def _pointless(name: str, recipe: Recipe) -> str:
    if name == "strength" and recipe.source is None:
        return "Strength says how far a picture changes: choose one to begin with."
    if name == "lora_weight" and not recipe.loras:
        return "There is no LoRA whose weight could be compared. Add one above."
    return ""


def _read(
    place: str, name: str, data: Mapping[str, Any], models: Mapping[str, Model], written: Callable[[Model], Recipe]
) -> Axis:
    if name == "model":
        chosen = [models[key] for key in data[f"{place}_models"] if key in models]
        return Axis(name, tuple(written(model) for model in chosen), tuple(model.name for model in chosen))
    if name == "scheduler":
        words = data[f"{place}_schedulers"]
        return Axis(name, tuple(words), tuple(LABELS.get(word, word) for word in words))
    found = numbers(data.get(f"{place}_values") or "")
    if found is None or name not in NUMBERS or (name == "steps" and any(number % 1 for number in found)):
        raise Unclear(NO_NUMBERS)
    values = tuple(int(number) for number in found) if name == "steps" else found
    return Axis(name, values, tuple(f"{number:g}" for number in values))
