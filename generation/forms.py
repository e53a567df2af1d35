"""The request for pictures, as the studio's form asks for it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from generation import rules
from generation.defaults import COUNTS, FREE, Shape, shapes_for
from generation.offers import Offers
from generation.recipes import LARGEST_SEED, ModelChoice, Recipe, draw_seeds
from models_catalog.models import Model

NO_PROMPT = "Say what the pictures should show."
NO_MODEL = "Choose a model the server has."
# Where a rule's sentence stands when the form has no field of the rule's name.
PLACES = {"seeds": "count", "vae_precision": "vae"}


class Whole(forms.Field):
    """A whole number of any length, exact; anything else becomes None, and the rules say what is wrong."""

    def to_python(self, value: Any) -> int | None:
        """Read digits."""
        text = str(value or "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 30 else None


class Number(forms.Field):
    """A number with a point or a comma; anything else becomes None."""

    def to_python(self, value: Any) -> float | None:
        """Read a number."""
        try:
            return float(Decimal(str(value or "").strip().replace(",", ".")))
        except InvalidOperation:
            return None


class RequestForm(forms.Form):
    """Everything a step needs; ``recipe`` holds it once the form is valid."""

    prompt = forms.CharField(error_messages={"required": NO_PROMPT})
    negative_prompt = forms.CharField(required=False)
    model = forms.ModelChoiceField(
        Model.objects.none(), error_messages={"required": NO_MODEL, "invalid_choice": NO_MODEL}
    )
    vae = forms.ModelChoiceField(
        Model.objects.none(), required=False, error_messages={"invalid_choice": "The server no longer has this VAE."}
    )
    shape = forms.CharField(required=False)
    width = Whole(required=False)
    height = Whole(required=False)
    count = forms.CharField(required=False)
    other_count = forms.CharField(required=False)
    steps = Whole(required=False)
    cfg_scale = Number(required=False)
    scheduler = forms.CharField(required=False)
    seed = forms.CharField(required=False)

    recipe: Recipe

    def __init__(self, data: Any = None, *, offers: Offers, initial: dict[str, str] | None = None) -> None:
        """Offer what ``offers`` has.

        Args:
            data: what was sent; None for a form that was not.
            offers: the models and settings to choose from.
            initial: the values it begins with.
        """
        super().__init__(data, initial=initial)
        self.offers = offers
        self.fields["model"].queryset = offers.models  # type: ignore[attr-defined]
        self.fields["vae"].queryset = offers.vaes  # type: ignore[attr-defined]

    @property
    def chosen_model(self) -> Model | None:
        """The model the form stands at."""
        return self.offers.model(str(self["model"].value() or ""))

    @property
    def shapes(self) -> list[Shape]:
        """The shapes at the sizes of the model."""
        model = self.chosen_model
        return shapes_for(model.base if model else "", self.offers.settings)

    @property
    def vaes(self) -> list[Model]:
        """The separate VAEs that fit the model."""
        model = self.chosen_model
        return [vae for vae in self.offers.vaes if model and vae.base in {model.base, "any"}]

    @property
    def schedulers(self) -> list[str]:
        """The schedulers to choose from, with the one the form stands at even if it is unknown."""
        known = rules.schedulers()
        now = str(self["scheduler"].value() or "")
        return [*known] if now in known or not now else [now, *known]

    @property
    def counts(self) -> list[str]:
        """How many pictures can be asked for with one touch."""
        return [str(number) for number in COUNTS]

    @property
    def has_hidden_errors(self) -> bool:
        """Whether something is wrong in the part that is folded away."""
        return any(self.has_error(name) for name in ("steps", "cfg_scale", "scheduler", "vae", "seed"))

    @property
    def asks_for(self) -> str:
        """What the button promises."""
        count = str(self["other_count"].value() or self["count"].value() or "")
        return f"{count} picture" if count == "1" else f"{count} pictures"

    def clean(self) -> dict[str, Any]:
        """Hold the request against every rule, and keep it as a recipe."""
        data = super().clean() or {}
        data["count"] = Whole().to_python(data.get("other_count") or data.get("count"))
        for name, fault in self._number_faults(data):
            self.add_error(name, fault)
        if model := data.get("model"):
            self.recipe = self._recipe(model, data)
            self._hold_against_rules()
        return data

    def _number_faults(self, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Check what must be known before seeds are drawn."""
        if fault := rules.whole_fault(data.get("count"), 1, rules.MOST_PICTURES, "The number of pictures"):
            yield "count", fault
        if data.get("seed") and (
            fault := rules.whole_fault(Whole().to_python(data["seed"]), 0, LARGEST_SEED, "A seed")
        ):
            yield "seed", fault

    def _hold_against_rules(self) -> None:
        for name, fault in rules.problems(self.recipe).items():
            place = PLACES.get(name, name)
            if not self.has_error(place):
                self.add_error(place, fault)

    def _recipe(self, model: Model, data: dict[str, Any]) -> Recipe:
        width, height = self._size(data)
        asked = Recipe(
            prompt=data.get("prompt", ""),
            negative_prompt=data.get("negative_prompt", ""),
            model=choice_of(model),
            vae=choice_of(data["vae"]) if data.get("vae") else None,
            width=width,
            height=height,
            steps=data["steps"],
            cfg_scale=data["cfg_scale"],
            scheduler=data["scheduler"],
            seeds=(0,),
        )
        return asked if self.has_error("count") or self.has_error("seed") else replace(asked, seeds=_seeds(data))

    def _size(self, data: dict[str, Any]) -> tuple[Any, Any]:
        """Return the size of the chosen shape, else the free one as it was entered."""
        name = data.get("shape")
        found = next((shape for shape in self.shapes if shape.name == name), None)
        return (found.width, found.height) if found else (data.get("width"), data.get("height"))

    @property
    def is_free(self) -> bool:
        """Whether the size is entered as numbers."""
        return self["shape"].value() not in {shape.name for shape in self.shapes}

    @property
    def free(self) -> str:
        """The value of the free size."""
        return FREE


def choice_of(model: Model) -> ModelChoice:
    """Return a model of the catalogue as a recipe names it."""
    return ModelChoice(model.key, model.hash, model.name, model.base, model.type)


def _seeds(data: dict[str, Any]) -> tuple[int, ...]:
    return draw_seeds(data["count"], first=Whole().to_python(data["seed"]) if data["seed"] else None)
