"""What the request form begins with: the model's own values, else those of the settings or of its family."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generation.recipes import shapes
from generation.recipes.bases import BASES, offers_of
from models_catalog.models import Model
from settings_app.models import ApplicationSettings

FREE = "free"
LIKE_SOURCE = "source"
COUNTS = (1, 2, 4, 8)
STRENGTH = "0.6"
REFINING = {
    "refiner_start": "0.8", "refiner_steps": "20", "refiner_cfg_scale": "7.5", "refiner_scheduler": "euler",
    "refiner_positive_aesthetic_score": "6", "refiner_negative_aesthetic_score": "2.5",
}  # fmt: skip
# The settings' steps, scale and scheduler were chosen for these; the others are made for quite different ones.
SETTINGS_SUIT = ("sd-1", "sd-2", "sdxl", "")


@dataclass(frozen=True, slots=True)
class Shape:
    """An aspect ratio of the settings at the size a model is good at."""

    name: str
    width: int
    height: int

    @property
    def label(self) -> str:
        """The short form: what stands in brackets, as in "Portrait (2:3)", else the name."""
        if self.name == LIKE_SOURCE:
            return "As it is"
        return self.name.partition("(")[2].partition(")")[0] or self.name

    @property
    def ratio(self) -> float:
        """Width by height."""
        return round(self.width / self.height, 3)

    @property
    def pixels(self) -> int:
        """How many it has."""
        return self.width * self.height


def shapes_for(base: str, settings: ApplicationSettings) -> list[Shape]:
    """Return the shapes of the settings, scaled to what a family of models is good at.

    An unknown base leaves them as they are: nothing can be made with it, and the page still has to show them.
    """
    return [_shape(ratio, base) for ratio in settings.aspect_ratios]


def _shape(ratio: dict[str, Any], base: str) -> Shape:
    name, width, height = str(ratio["name"]), int(ratio["width"]), int(ratio["height"])
    if base not in BASES:
        return Shape(name, width, height)
    size = shapes.fit(width, height, base)
    return Shape(name, size.width, size.height)


def defaults_for(model: Model | None, settings: ApplicationSettings) -> dict[str, str]:
    """Return the form's values for a model, as the texts a browser would send."""
    return {**_numbers(model, settings), **_finish(model), **REFINING, **_size(model, settings)}


def _numbers(model: Model | None, settings: ApplicationSettings) -> dict[str, str]:
    base, variant = (model.base, model.variant) if model else ("", "")
    usual = _usual(base, variant, settings)
    wished = {
        "steps": model and model.default_steps,
        "cfg_scale": model and model.default_cfg_scale,
        "scheduler": model and model.default_scheduler,
        "guidance": model and model.default_settings.get("guidance"),
    }
    return {name: _text(wished[name] or usual[name]) for name in wished}


def _usual(base: str, variant: str, settings: ApplicationSettings) -> Mapping[str, Any]:
    """Return what is used when the model has no wish of its own."""
    offers = offers_of(base, variant)
    if base in SETTINGS_SUIT or offers is None:
        return {
            "steps": settings.default_steps,
            "cfg_scale": settings.default_cfg_scale,
            "scheduler": settings.default_scheduler,
            "guidance": None,
        }
    return {
        "steps": offers.steps.default,
        "cfg_scale": offers.cfg_scale and offers.cfg_scale.default,
        "scheduler": offers.schedulers[0] if offers.schedulers else "",
        "guidance": offers.guidance and offers.guidance.default,
    }


def _finish(model: Model | None) -> dict[str, str]:
    wishes = model.default_settings if model else {}
    precision = wishes.get("vae_precision")
    return {
        "vae": (model and model.default_vae_key) or "",
        "vae_precision": precision if precision in {"fp16", "fp32"} else "fp32",
        "cfg_rescale_multiplier": _text(wishes.get("cfg_rescale_multiplier") or 0),
        "clip_skip": "0",
    }


def _text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return f"{float(value):g}"


def _size(model: Model | None, settings: ApplicationSettings) -> dict[str, str]:
    """Take the model's own size if it names one, written as a shape of the settings where there is one like it."""
    offered = shapes_for(model.base if model else "", settings)
    if not (model and model.default_width and model.default_height):
        return size_values(offered, offered[0].width, offered[0].height) if offered else size_values([], 1024, 1024)
    return size_values(offered, model.default_width, model.default_height)


def size_values(offered: list[Shape], width: int, height: int) -> dict[str, str]:
    """Return the form's values for a size: the offered shape that has it, else a free size."""
    same = (shape.name for shape in offered if (shape.width, shape.height) == (width, height))
    return {"shape": next(same, FREE), "width": str(width), "height": str(height)}


def count_values(count: int) -> dict[str, str]:
    """Return the form's values for a number of pictures: one of those offered, else another."""
    return {"count": str(count)} if count in COUNTS else {"count": "", "other_count": str(count)}


def follow_model(values: Mapping[str, Any], before: dict[str, str], after: dict[str, str]) -> dict[str, Any]:
    """Return the form's values after a change of model: what was left at the old default takes the new one.

    Args:
        values: as they stand in the form.
        before: the defaults of the model the form was made for.
        after: the defaults of the model chosen now.
    """
    return {name: after[name] if values.get(name) in {before[name], None} else values[name] for name in after}
