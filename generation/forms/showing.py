"""What the form's templates ask it for: only what is valid for the model it stands at."""

from collections.abc import Iterable
from functools import cached_property
from uuid import uuid4

from django import forms

from generation.asking import masks, sources
from generation.asking.defaults import COUNTS, FREE, LIKE_SOURCE, Shape, defaults_for, shapes_for
from generation.asking.offers import Offers
from generation.asking.sources import Origin
from generation.asking.varying import MOST_PICTURES, TITLES
from generation.forms.rows import AxisRow, CompanionRow, LoraRow
from generation.forms.writing import SWITCHES, suits
from generation.recipes import rules
from generation.recipes.bases import BASES, companions_of, offers_of
from generation.recipes.bases import Offers as Family
from generation.recipes.companions import Companion, missing_sentence
from generation.recipes.recipe import REFINER_NUMBERS, Margins
from generation.running.pace import OVERHEAD, seconds_of_work
from models_catalog.models import Model
from photos.models import Photo
from settings_app.schedulers import LABELS

NUMBERS = ("steps", "cfg_scale", "guidance", "scheduler", "seed")
FINISH = ("vae", "clip_skip", "cfg_rescale_multiplier")
DETAILS = ("vae", "vae_precision", "clip_skip", "cfg_rescale_multiplier")
SWEEP = ("across", "down")
REFINER = ("refiner_model", "refiner_scheduler", *REFINER_NUMBERS)
MARGINS = ("margin_left", "margin_top", "margin_right", "margin_bottom")


class Shown(forms.Form):
    """The reading side of the request form."""

    offers: Offers

    @cached_property
    def once(self) -> str:
        """A mark of this form alone: what is sent twice with it counts once."""
        return str(uuid4())

    @cached_property
    def chosen_model(self) -> Model | None:
        """The model the form stands at."""
        return self.offers.model(self._text("model"))

    @property
    def base(self) -> str:
        """The family of that model."""
        return self.chosen_model.base if self.chosen_model else ""

    @cached_property
    def family(self) -> Family | None:
        """What may be asked of that model. While none is chosen, what may be asked of most."""
        model = self.chosen_model
        return offers_of(model.base, model.variant) if model else offers_of("sd-1")

    @property
    def knows(self) -> frozenset[str]:
        """The further fields that mean something to the model."""
        return self.family.parameters - rules.unknown_parameters(self.offers.version) if self.family else frozenset()

    @property
    def pace(self) -> str:
        """The seconds its model needs for a megapixel and step, for what the page works out; empty when not known."""
        seconds = seconds_of_work(self.chosen_model.key) if self.chosen_model else 0.0
        return f"{seconds:.4g}" if seconds else ""

    @property
    def overhead(self) -> int:
        """What a picture takes besides its steps, in steps."""
        return OVERHEAD

    @cached_property
    def defaults(self) -> dict[str, str]:
        """What the model would be used with if nothing were changed."""
        return defaults_for(self.chosen_model, self.offers.settings)

    @cached_property
    def source_photo(self) -> Photo | None:
        """The picture the request grows from; None also when it is not in the library any more."""
        return sources.find(self._text("source"))

    @property
    def lost_source(self) -> bool:
        """Whether the request it is like grew from a picture that is not in the library just now."""
        return bool(self.initial.get("lost_source")) and not self.is_bound and self.source_photo is None

    @cached_property
    def origin(self) -> Origin:
        """Where that picture was made."""
        return sources.origin_of(self.source_photo) if self.source_photo else Origin()

    @property
    def mask_url(self) -> str:
        """The address of the painted mask; empty when there is none, or when it is not kept any more."""
        name = self._text("mask")
        return masks.url_of(name) if name and masks.is_kept(name) else ""

    @property
    def margins(self) -> Margins:
        """How far the picture is continued."""
        return sources.margins_of({name: _whole(self._text(name)) for name in MARGINS})

    @property
    def is_refining(self) -> bool:
        """Whether something of a picture is kept."""
        try:
            return bool(self.source_photo) and float(self._text("strength").replace(",", ".") or 1) < 1
        except ValueError:
            return False

    @property
    def verb(self) -> str:
        """What the button does."""
        return "Refine" if self.is_refining else "Generate"

    @cached_property
    def shapes(self) -> list[Shape]:
        """The shapes at the sizes of the model, before them that of the picture it grows from."""
        offered = shapes_for(self.base, self.offers.settings)
        if self.source_photo is None:
            return offered
        size = sources.size_like(self.source_photo, self.base, self.margins)
        return [Shape(LIKE_SOURCE, size.width, size.height), *offered]

    @property
    def is_free(self) -> bool:
        """Whether the size is entered as numbers."""
        return self._text("shape") not in {shape.name for shape in self.shapes}

    @property
    def free(self) -> str:
        """The value of the free size."""
        return FREE

    @property
    def vaes(self) -> list[Model]:
        """The separate VAEs that fit the model."""
        model = self.chosen_model
        return [vae for vae in self.offers.vaes if model and vae.base in {model.base, "any"}]

    @property
    def schedulers(self) -> list[tuple[str, str]]:
        """The schedulers to choose from and their names, with the one the form stands at even if it is unknown."""
        model = self.chosen_model
        version = self.offers.version
        known = rules.schedulers(version, model.base, model.variant) if model else rules.schedulers(version)
        return self._schedulers(known, self._text("scheduler"))

    @property
    def refiners(self) -> list[Model]:
        """The models that could finish what this one began."""
        return list(self.offers.refiners) if "refiner" in self.knows and self.chosen_model else []

    @property
    def refiner_schedulers(self) -> list[tuple[str, str]]:
        """The schedulers to choose from for the refiner."""
        return self._schedulers(rules.schedulers(self.offers.version), self._text("refiner_scheduler"))

    def _schedulers(self, known: tuple[str, ...], now: str) -> list[tuple[str, str]]:
        names = [*known] if now in known or not now or not known else [now, *known]
        return sorted(((name, LABELS.get(name, name)) for name in names), key=lambda pair: pair[1].casefold())

    @property
    def lora_rows(self) -> list[LoraRow]:
        """The LoRAs that were chosen and are still known."""
        known = {model.key: model for model in self.offers.others}
        rows = [(known.get(key), weight) for key, weight in self["loras"].value() or []]
        return [LoraRow(lora, weight, rests=not self._suits(lora)) for lora, weight in rows if lora]

    @property
    def more_loras(self) -> list[Model]:
        """The LoRAs of the model's family, chosen or not."""
        return [model for model in self.offers.others if model.type == "lora" and self._suits(model)]

    @property
    def companion_rows(self) -> list[CompanionRow]:
        """The further models there is a choice of."""
        chosen = self["companion"].value() or {}
        rows = [(companion, companion.among(self.offers.others)) for companion in self._companions]
        return [CompanionRow(one, found, chosen.get(one.slot, "")) for one, found in rows if found]

    @property
    def missing(self) -> str:
        """What has to be installed before the model can be used; empty when nothing is."""
        lacking = self.offers.lacking(self.chosen_model) if self.chosen_model else []
        return missing_sentence(BASES[self.base].name, lacking) if lacking else ""

    @property
    def axes(self) -> list[AxisRow]:
        """The two directions in which values can be compared."""
        return [self._axis_row("across", "Across"), self._axis_row("down", "Down")]

    def _axis_row(self, place: str, legend: str) -> AxisRow:
        return AxisRow(
            place,
            legend,
            self[place],
            choices=[(name, title) for name, title in TITLES.items() if self._can_differ(name)],
            value=self._text(place),
            values=self._text(f"{place}_values"),
            schedulers=self[f"{place}_schedulers"].value() or [],
            models=self[f"{place}_models"].value() or [],
        )

    def _can_differ(self, name: str) -> bool:
        family = self.family
        needs = {
            "cfg_scale": family and family.cfg_scale,
            "guidance": family and family.guidance,
            "scheduler": family and family.schedulers,
            "strength": self.source_photo,
            "lora_weight": self.more_loras,
            "model": len(self.offers.models) > 1,
        }
        return bool(needs.get(name, True))

    @property
    def most_pictures(self) -> int:
        """How many pictures a comparison may ask for in all."""
        return MOST_PICTURES

    @property
    def counts(self) -> list[str]:
        """How many pictures can be asked for with one touch."""
        return [str(number) for number in COUNTS]

    @property
    def asks_for(self) -> str:
        """What the button promises, as far as it is known without script."""
        count = self._text("other_count") or self._text("count")
        return f"{count} picture" if count == "1" else f"{count} pictures"

    @property
    def numbers_are_wrong(self) -> bool:
        """Whether something is wrong among the steps and scales."""
        return self._has_errors(NUMBERS)

    @property
    def finish_is_wrong(self) -> bool:
        """Whether something is wrong with the VAE and what stands beside it."""
        return self._has_errors(FINISH)

    @property
    def refiner_is_wrong(self) -> bool:
        """Whether something is wrong with the refiner."""
        return self._has_errors(REFINER)

    @property
    def sweep_is_wrong(self) -> bool:
        """Whether something is wrong with what is compared."""
        return self._has_errors(SWEEP)

    @property
    def margins_are_wrong(self) -> bool:
        """Whether something is wrong with how far the picture is continued."""
        return self._has_errors(MARGINS)

    @property
    def resting(self) -> list[tuple[str, str]]:
        """Values that mean nothing to this model and are kept for another one."""
        return [(name, self._text(name)) for name in self._unshown() if self._text(name)]

    def _unshown(self) -> Iterable[str]:
        family, knows = self.family, self.knows
        yield from (
            name for name in ("vae", "vae_precision", "clip_skip", "cfg_rescale_multiplier") if name not in knows
        )
        if self._text("refiner_model") and not self.refiners:
            yield from REFINER
        yield from (name for name in SWITCHES if name not in knows)
        if "seamless" not in knows:
            yield from ("seamless_x", "seamless_y")
        for name, is_known in (
            ("cfg_scale", family and family.cfg_scale),
            ("guidance", family and family.guidance),
            ("scheduler", family and family.schedulers),
        ):
            if not is_known:
                yield name

    @property
    def _companions(self) -> tuple[Companion, ...]:
        model = self.chosen_model
        return companions_of(model.base, model.variant, model.format) if model else ()

    def _suits(self, lora: Model) -> bool:
        return bool(self.chosen_model) and suits(lora, self.chosen_model)  # type: ignore[arg-type]  # just looked

    def _has_errors(self, names: Iterable[str]) -> bool:
        return any(self.has_error(name) for name in names)

    def _text(self, name: str) -> str:
        value = self[name].value()
        return "" if value is None or value is False else str(value)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
