"""What the request form begins with: the model's own values, else those of the settings."""

from dataclasses import dataclass
from typing import Any

from generation import shapes
from generation.bases import BASES
from models_catalog.models import Model
from settings_app.models import ApplicationSettings

FREE = "free"
COUNTS = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class Shape:
    """An aspect ratio of the settings at the size a model is good at."""

    name: str
    width: int
    height: int

    @property
    def label(self) -> str:
        """The short form: what stands in brackets, as in "Portrait (2:3)", else the name."""
        return self.name.partition("(")[2].partition(")")[0] or self.name

    @property
    def ratio(self) -> float:
        """Width by height."""
        return round(self.width / self.height, 3)


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
    return {**_numbers(model, settings), **_size(model, settings), "vae": (model and model.default_vae_key) or ""}


def _numbers(model: Model | None, settings: ApplicationSettings) -> dict[str, str]:
    cfg_scale = (model and model.default_cfg_scale) or settings.default_cfg_scale
    return {
        "steps": str((model and model.default_steps) or settings.default_steps),
        "cfg_scale": f"{float(cfg_scale):g}",
        "scheduler": (model and model.default_scheduler) or settings.default_scheduler,
    }


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


def follow_model(values: dict[str, str], before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """Return the form's values after a change of model: what was left at the old default takes the new one.

    Args:
        values: as they stand in the form.
        before: the defaults of the model the form was made for.
        after: the defaults of the model chosen now.
    """
    return {name: after[name] if values.get(name) in {before[name], None} else values[name] for name in after}
