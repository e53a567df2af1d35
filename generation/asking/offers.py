"""What can be chosen in the request form: the settings, and the models of the server in use."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet

from clients.errors import RemoteRejected
from generation.asking.defaults import LIKE_SOURCE, STRENGTH, count_values, defaults_for, shapes_for, size_values
from generation.asking.sources import find, part_size, size_like
from generation.choices import Mode
from generation.models import GenerationStep
from generation.recipes import abilities
from generation.recipes.bases import companions_of
from generation.recipes.companions import Companion
from generation.recipes.recipe import REFINER_NUMBERS, ModelChoice, Recipe
from generation.words.templates import words_like
from models_catalog.abilities import known_version
from models_catalog.models import Model
from settings_app import connections
from settings_app.models import ApplicationSettings


@dataclass(frozen=True, slots=True)
class Offers:
    """The choices of one moment.

    Attributes:
        server: the server in use; empty when no usable address is set.
        fault: why there is no server, as a sentence; else empty.
        models: those a picture can be made with.
        vaes: the separate VAEs.
        refiners: those that finish what an SDXL model began.
        others: every model that stands beside a main one: LoRAs, encoders, VAEs, upscale models.
        version: of the server's InvokeAI, major and minor; None while it is not known.
    """

    settings: ApplicationSettings
    server: str
    fault: str
    models: QuerySet[Model]
    vaes: QuerySet[Model]
    refiners: QuerySet[Model]
    others: QuerySet[Model]
    version: tuple[int, int] | None

    @classmethod
    def now(cls) -> Self:
        """Read the settings and the catalogue; nobody is called."""
        settings = ApplicationSettings.load()
        try:
            server, fault = connections.current_server(), ""
        except RemoteRejected as rejection:
            server, fault = "", str(rejection)
        known = Model.objects.available().on(server)
        models = known.main().of_bases(abilities.bases(server))
        version = known_version(server)
        return cls(
            settings,
            server,
            fault,
            models=models,
            vaes=known.vaes(),
            refiners=known.refiners(),
            others=known.exclude(type="main"),
            version=(version.major, version.minor) if version else None,
        )

    def model(self, key: str) -> Model | None:
        """Return the model of this key, if it is offered."""
        return next((model for model in self.models if model.key == key), None)

    def initial(self, step: GenerationStep | None) -> dict[str, Any]:
        """Return the values the form begins with.

        Args:
            step: the request to begin from, or for a picture that was only made larger the one before; without one,
                the defaults of the model used last.
        """
        while step:
            recipe = Recipe.from_parameters(step.parameters)
            if recipe.mode != Mode.UPSCALE:
                return self.like(recipe)
            step = step.parent
        return self.fresh()

    def fresh(self) -> dict[str, Any]:
        """Return the values of a request that begins with nothing."""
        model = self._last_used() or self._first_complete()
        count = count_values(self.settings.default_batch_size)
        defaults = defaults_for(model, self.settings)
        return {**defaults, "model": model.key if model else "", "strength": STRENGTH, "mask_blur": "16", **count}

    def like(self, recipe: Recipe) -> dict[str, Any]:
        """Return a recipe's values; its seeds are left out, since the same ones would make the same pictures."""
        model = self.model(_same(self.models, recipe.model))
        return {
            **defaults_for(model, self.settings),
            **words_like(recipe),
            "model": model.key if model else "",
            "vae": _same(self.vaes, recipe.vae),
            "refiner_model": _same(self.refiners, recipe.refiner_model),
            **_numbers(recipe),
            **size_values(shapes_for(recipe.model.base, self.settings), recipe.width, recipe.height),
            **count_values(recipe.batch_size),
            "loras": [(key, f"{lora.weight:g}") for lora in recipe.loras if (key := _same(self.others, lora.model))],
            "companion": {slot: _same(self.others, choice) for slot, choice in recipe.companions.items()},
            **_growing(recipe),
        }

    def _first_complete(self) -> Model | None:
        """Return a model that has everything it needs, else any."""
        complete = (model for model in self.models if not self.lacking(model))
        return next(complete, next(iter(self.models), None))

    def lacking(self, model: Model) -> list[Companion]:
        """Return the further models that a model needs and the server does not have."""
        needed = companions_of(model.base, model.variant, model.format)
        return [companion for companion in needed if companion.is_needed and not companion.among(self.others)]

    def _last_used(self) -> Model | None:
        keys = GenerationStep.objects.order_by("-created_at").values_list("model_key", flat=True)[:5]
        return next((model for key in keys if (model := self.model(key))), None)


def _numbers(recipe: Recipe) -> dict[str, Any]:
    return {
        "steps": str(recipe.steps),
        "cfg_scale": f"{recipe.cfg_scale:g}",
        "guidance": "" if recipe.guidance is None else f"{recipe.guidance:g}",
        "scheduler": recipe.scheduler,
        "cfg_rescale_multiplier": f"{recipe.cfg_rescale_multiplier:g}",
        "clip_skip": str(recipe.clip_skip),
        "vae_precision": recipe.vae_precision,
        "seamless_x": recipe.seamless_x,
        "seamless_y": recipe.seamless_y,
        "gpu_noise": recipe.gpu_noise,
        "color_compensation": recipe.color_compensation,
        "hidiffusion": recipe.hidiffusion,
        "strength": f"{recipe.strength:g}" if recipe.source else STRENGTH,
        "refiner_scheduler": recipe.refiner_scheduler,
        **{name: f"{getattr(recipe, name):g}" for name in REFINER_NUMBERS},
    }


def _growing(recipe: Recipe) -> dict[str, Any]:
    """Return the picture it grows from with its mask and margins, while it is in the library."""
    photo = find(recipe.source.photo) if recipe.source else None
    if photo is None:
        return {"mask_blur": str(recipe.mask_blur), "lost_source": bool(recipe.source)}
    follows = size_like if recipe.mode == Mode.IMG2IMG else part_size
    size = follows(photo, recipe.model.base, recipe.margins)
    sides = {side: getattr(recipe.margins, side) for side in ("left", "top", "right", "bottom")}
    return {
        "source": str(photo.pk),
        "mask": recipe.mask,
        "mask_blur": str(recipe.mask_blur),
        **{f"margin_{side}": str(length) for side, length in sides.items() if length},
        **({"shape": LIKE_SOURCE} if (size.width, size.height) == (recipe.width, recipe.height) else {}),
    }


def _same(known: Iterable[Model], choice: ModelChoice | None) -> str:
    """Return the key a model has now: a re-installed one has another, but the same hash."""
    if choice is None:
        return ""
    keys: dict[Any, str] = {model.key: model.key for model in known}
    hashes = {model.hash: model.key for model in known if model.hash}
    return keys.get(choice.key) or hashes.get(choice.hash, "")
