"""Making a picture larger, as its dialog asks for it."""

from typing import Any

from django import forms

from generation.asking import sources
from generation.asking.offers import Offers
from generation.choices import Mode
from generation.forms.fields import Number
from generation.recipes import rules
from generation.recipes.recipe import ModelChoice, Recipe, draw_seeds
from models_catalog.models import Model
from photos.models import Photo

FACTORS = ("2", "3", "4")
PLACES = {"upscale_model": "model", "upscale_factor": "factor"}
NO_MODEL = "Choose an upscale model the server has."


class UpscaleForm(forms.Form):
    """Which model, and how many times as wide and high; ``recipe`` holds it once the form is valid."""

    model = forms.CharField(error_messages={"required": NO_MODEL})
    factor = Number(required=False)
    other_factor = Number(required=False)

    recipe: Recipe

    def __init__(self, data: Any = None, *, photo: Photo, offers: Offers) -> None:
        """Offer the upscale models of the server in use for one picture."""
        self.photo = photo
        self.models = [model for model in offers.others if model.type == rules.UPSCALER]
        super().__init__(data, initial={"model": self.models[0].key if self.models else "", "factor": FACTORS[0]})

    @property
    def factors(self) -> list[tuple[str, str]]:
        """The usual factors, each with the size that comes of it."""
        photo = self.photo
        return [(factor, f"{photo.width * int(factor)}×{photo.height * int(factor)}") for factor in FACTORS]

    def clean(self) -> dict[str, Any]:
        """Hold the request against every rule, and keep it as a recipe."""
        data = super().clean() or {}
        model = next((model for model in self.models if model.key == data.get("model")), None)
        if model is None:
            if not self.has_error("model"):
                self.add_error("model", NO_MODEL)
            return data
        self.recipe = enlarged(self.photo, model, data["other_factor"] or data["factor"])
        for name, fault in rules.problems(self.recipe).items():
            self.add_error(PLACES.get(name), fault)
        return data


def enlarged(photo: Photo, model: Model, factor: Any) -> Recipe:
    """Return the recipe that makes a picture larger; its words stay with it."""
    return Recipe(
        prompt=photo.generation_prompt or "",
        negative_prompt=photo.generation_negative_prompt or "",
        model=ModelChoice.of(model),
        width=photo.width,
        height=photo.height,
        seeds=draw_seeds(1),
        mode=Mode.UPSCALE.value,
        source=sources.picture_of(photo),
        upscale_model=ModelChoice.of(model),
        upscale_factor=factor,
    )
