"""The same request with other values, in a row or a table, so that they can be compared: same words, same seeds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import islice, product
from typing import Any

from generation.recipes.recipe import REFINER_FIELDS, Recipe

TITLES = {
    "steps": "Steps",
    "cfg_scale": "CFG scale",
    "guidance": "Guidance",
    "scheduler": "Scheduler",
    "strength": "Strength",
    "lora_weight": "LoRA weight",
    "model": "Model",
}
NUMBERS = ("steps", "cfg_scale", "guidance", "strength", "lora_weight")
MOST_VALUES = 12
MOST_PICTURES = 144
# What a model decides: the rest of a recipe stays the same from one model to the next.
OF_THE_MODEL = (
    "model", "width", "height", "steps", "cfg_scale", "cfg_rescale_multiplier", "guidance", "scheduler", "clip_skip",
    "vae", "vae_precision", "loras", "companions", "negative_prompt", "negative_prompts", "seamless_x",
    "seamless_y", "gpu_noise", "color_compensation", "hidiffusion", *sorted(REFINER_FIELDS),
)  # fmt: skip
_RANGE = re.compile(r"(-?[\d.]+)\s*(?:-|–|to)\s*(-?[\d.]+)\s*(?::|by)\s*([\d.]+)")


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that differs.

    Attributes:
        name: one of ``TITLES``.
        values: what the recipe gets; of models, recipes that are in order for each.
        labels: as people read them.
    """

    name: str
    values: tuple[Any, ...]
    labels: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its heading."""
        return TITLES[self.name]


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the table."""

    recipe: Recipe
    labels: tuple[str, ...]
    axes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return what the step remembers of its place."""
        named = zip(self.axes, self.labels, strict=True)
        return {"axes": [{"name": name, "title": TITLES[name], "value": label} for name, label in named]}


def cells_of(recipe: Recipe, axes: Sequence[Axis]) -> list[Cell]:
    """Return every combination, the last axis changing slowest: row after row.

    Args:
        recipe: with its seeds, which every cell keeps.
        axes: one or two; the first goes across, the second down.
    """
    places = product(*(range(len(axis.values)) for axis in reversed(axes)))
    return [_cell(recipe, axes, place[::-1]) for place in places]


def _cell(recipe: Recipe, axes: Sequence[Axis], place: Sequence[int]) -> Cell:
    chosen = sorted(zip(axes, place, strict=True), key=lambda pair: pair[0].name != "model")
    for axis, number in chosen:
        recipe = with_value(recipe, axis.name, axis.values[number])
    labels = tuple(axis.labels[number] for axis, number in zip(axes, place, strict=True))
    return Cell(recipe, labels, tuple(axis.name for axis in axes))


def with_value(recipe: Recipe, name: str, value: Any) -> Recipe:
    """Return the recipe with one value changed; the weight is that of its first LoRA."""
    if name == "model":
        return replace(recipe, **{field: getattr(value, field) for field in OF_THE_MODEL})
    if name == "lora_weight":
        first, *others = recipe.loras
        return replace(recipe, loras=(replace(first, weight=value), *others))
    changes: Mapping[str, Any] = {name: value}
    return replace(recipe, **changes)


def numbers(text: str) -> tuple[float, ...] | None:
    """Read numbers with commas or spaces between, and ranges such as "20-40:5"; None when something is no number."""
    try:
        found = [number for part in re.split(r"[,;\n]", text) for number in _part(part.strip())]
    except InvalidOperation:
        return None
    return tuple(float(number) for number in dict.fromkeys(found))


def _part(text: str) -> Iterator[Decimal]:
    if match := _RANGE.fullmatch(text):
        yield from _spread(*(Decimal(number) for number in match.groups()))
        return
    yield from (Decimal(word) for word in text.split())


def _spread(low: Decimal, high: Decimal, step: Decimal) -> Iterator[Decimal]:
    """Count from ``low`` to ``high``; one more than allowed is enough to refuse it."""
    if step <= 0 or high < low:
        raise InvalidOperation
    count = int((high - low) / step) + 1
    yield from islice((low + step * number for number in range(count)), MOST_VALUES + 1)
