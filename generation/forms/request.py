"""The request form: everything a step needs, and one step for each cell when values are compared."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms

from generation.asking import masks
from generation.asking.defaults import LIKE_SOURCE, STRENGTH, defaults_for, follow_model, shapes_for
from generation.asking.offers import Offers
from generation.asking.sources import part_size, size_like
from generation.asking.varying import Axis, Cell
from generation.forms import sweep
from generation.forms.fields import Loras, Number, Slots, Whole
from generation.forms.showing import MARGINS, Shown
from generation.forms.wording import WordingFields
from generation.forms.writing import places_of, recipe_of, words_for
from generation.recipes import rules
from generation.recipes.recipe import LARGEST_SEED, Recipe, draw_seeds
from models_catalog.models import Model

NO_MODEL = "Choose a model the server has."
NO_SOURCE = "The picture to begin with is not in the library any more. Take it out, or choose another."
NO_MASK = "The mask is not kept any more. Paint it again, or take it out."


class RequestForm(Shown, WordingFields, sweep.SweepFields):
    """Once it is valid, ``recipe`` holds what is asked for, and ``cells`` every variation of it, if there are any."""

    source = forms.CharField(required=False)
    strength = Number(required=False, blank=float(STRENGTH))
    mask = forms.CharField(required=False)
    mask_blur = Whole(required=False, blank=16)
    margin_left = Whole(required=False, blank=0)
    margin_top = Whole(required=False, blank=0)
    margin_right = Whole(required=False, blank=0)
    margin_bottom = Whole(required=False, blank=0)
    model = forms.ModelChoiceField(
        Model.objects.none(), error_messages={"required": NO_MODEL, "invalid_choice": NO_MODEL}
    )
    vae = forms.ModelChoiceField(
        Model.objects.none(), required=False, error_messages={"invalid_choice": "The server no longer has this VAE."}
    )
    vae_precision = forms.CharField(required=False)
    shape = forms.CharField(required=False)
    width = Whole(required=False)
    height = Whole(required=False)
    count = forms.CharField(required=False)
    other_count = forms.CharField(required=False)
    steps = Whole(required=False)
    cfg_scale = Number(required=False)
    guidance = Number(required=False)
    cfg_rescale_multiplier = Number(required=False, blank=0)
    scheduler = forms.CharField(required=False)
    clip_skip = Whole(required=False, blank=0)
    refiner_model = forms.ModelChoiceField(
        Model.objects.none(),
        required=False,
        error_messages={"invalid_choice": "The server no longer has this refiner. Choose another, or none."},
    )
    refiner_start = Number(required=False, blank=0.8)
    refiner_steps = Whole(required=False, blank=20)
    refiner_cfg_scale = Number(required=False, blank=7.5)
    refiner_scheduler = forms.CharField(required=False)
    refiner_positive_aesthetic_score = Number(required=False, blank=6)
    refiner_negative_aesthetic_score = Number(required=False, blank=2.5)
    seamless_x = forms.BooleanField(required=False)
    seamless_y = forms.BooleanField(required=False)
    gpu_noise = forms.BooleanField(required=False)
    color_compensation = forms.BooleanField(required=False)
    hidiffusion = forms.BooleanField(required=False)
    loras = Loras(required=False)
    companion = Slots(required=False)
    seed = forms.CharField(required=False)

    recipe: Recipe
    cells: list[Cell]

    def __init__(self, data: Any = None, *, offers: Offers, initial: dict[str, Any] | None = None) -> None:
        """Offer what ``offers`` has.

        Args:
            data: what was sent; None for a form that was not.
            offers: the models and settings to choose from.
            initial: the values it begins with.
        """
        super().__init__(data, initial=initial)
        self.offers = offers
        self.cells = []
        self.fields["model"].queryset = offers.models  # type: ignore[attr-defined]
        self.fields["vae"].queryset = offers.vaes  # type: ignore[attr-defined]
        self.fields["refiner_model"].queryset = offers.refiners  # type: ignore[attr-defined]

    @classmethod
    def values_in(cls, data: Any) -> dict[str, Any]:
        """Return the values that were sent, as they were entered, to begin another form with."""
        fields = cls.base_fields
        return {name: field.widget.value_from_datadict(data, {}, name) for name, field in fields.items()}

    def clean(self) -> dict[str, Any]:
        """Hold the request against every rule, and keep it as a recipe."""
        data = super().clean() or {}
        data["count"] = Whole().to_python(data.get("other_count") or data.get("count"))
        for name, fault in self._early_faults(data):
            self.add_error(name, fault)
        self.find_words(data)
        if model := data.get("model"):
            self.recipe = self._with_seeds(self._recipe(model, data), data)
            self._hold_against_rules()
        if not self.errors:
            self._vary(data)
        return data

    def _early_faults(self, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Check what must be known before there is a recipe."""
        if fault := rules.whole_fault(data.get("count"), 1, rules.MOST_PICTURES, "The number of pictures"):
            yield "count", fault
        if data.get("seed") and (
            fault := rules.whole_fault(Whole().to_python(data["seed"]), 0, LARGEST_SEED, "A seed")
        ):
            yield "seed", fault
        if data.get("source") and self.source_photo is None:
            yield "source", NO_SOURCE
        for name in MARGINS:
            if data.get("source") and data.get(name) is None:
                yield name, "An edge is a number of pixels."
        if data.get("mask") and data.get("source") and not masks.is_kept(data["mask"]):
            yield "mask", NO_MASK

    def _hold_against_rules(self) -> None:
        for place, fault in places_of(self.recipe, self.offers.version).items():
            if not self.has_error(place):
                self.add_error(place, fault)

    def _recipe(self, model: Model, data: dict[str, Any]) -> Recipe:
        size = self._size(model.base, data)
        recipe = recipe_of(model, data, size=size, photo=self.source_photo, offers=self.offers)
        return replace(recipe, **words_for(model, self.words))

    def _with_seeds(self, recipe: Recipe, data: dict[str, Any]) -> Recipe:
        if self.has_error("count") or self.has_error("seed"):
            return recipe
        first = Whole().to_python(data["seed"]) if data["seed"] else None
        return replace(recipe, seeds=draw_seeds(data["count"], first=first))

    def _size(self, base: str, data: dict[str, Any]) -> tuple[Any, Any]:
        """Return the size of the chosen shape for a family of models, else the free one as it was entered.

        A part of a picture has no shape of its own to choose.
        """
        if self.source_photo and (data.get("mask") or not self.margins.is_empty):
            part = part_size(self.source_photo, base, self.margins)
            return part.width, part.height
        if self.source_photo and data.get("shape") == LIKE_SOURCE:
            size = size_like(self.source_photo, base, self.margins)
            return size.width, size.height
        offered = shapes_for(base, self.offers.settings)
        found = next((shape for shape in offered if shape.name == data.get("shape")), None)
        return (found.width, found.height) if found else (data.get("width"), data.get("height"))

    def _vary(self, data: dict[str, Any]) -> None:
        """Find every combination of the values to compare, and hold each against the rules."""
        axes = [axis for place in sweep.PLACES if (axis := self._axis(place, data))]
        if self.errors or not axes:
            return
        try:
            if len({axis.name for axis in axes}) < len(axes):
                raise sweep.Unclear(sweep.MIXED_UP)
            self.cells = sweep.cells(self.recipe, axes)
        except sweep.Unclear as fault:
            self.add_error("across", str(fault))
        for cell in self.cells:
            if faults := rules.problems(cell.recipe, version=self.offers.version):
                self.add_error("across", f"{', '.join(cell.labels)}: {next(iter(faults.values()))}")
                return

    def _axis(self, place: str, data: dict[str, Any]) -> Axis | None:
        models = {model.key: model for model in self.offers.models}
        try:
            return sweep.axis_of(place, data, self.recipe, models, lambda model: self._for_model(model, data))
        except sweep.Unclear as fault:
            self.add_error(place, str(fault))
            return None

    def _for_model(self, model: Model, data: dict[str, Any]) -> Recipe:
        """Return the recipe for another model: what was left at the defaults of the first takes those of this one."""
        settings = self.offers.settings
        after = defaults_for(model, settings)
        values = follow_model(self.values_in(self.data), self.defaults, after)
        cleaned = {name: self.fields[name].to_python(value) for name, value in values.items() if name != "vae"}
        vae = next((vae for vae in self.offers.vaes if vae.key == values["vae"] and vae.base == model.base), None)
        return self._recipe(model, {**data, **cleaned, "vae": vae})
