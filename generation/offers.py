"""What can be chosen in the request form: the settings, and the models of the server in use."""

from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet

from clients.errors import RemoteRejected
from generation.defaults import count_values, defaults_for, shapes_for, size_values
from generation.models import GenerationStep
from generation.recipes import ModelChoice, Recipe
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
    """

    settings: ApplicationSettings
    server: str
    fault: str
    models: QuerySet[Model]
    vaes: QuerySet[Model]

    @classmethod
    def now(cls) -> Self:
        """Read the settings and the catalogue; nobody is called."""
        settings = ApplicationSettings.load()
        try:
            server, fault = connections.current_server(), ""
        except RemoteRejected as rejection:
            server, fault = "", str(rejection)
        known = Model.objects.available().on(server)
        return cls(settings, server, fault, known.main(), known.vaes())

    def model(self, key: str) -> Model | None:
        """Return the model of this key, if it is offered."""
        return next((model for model in self.models if model.key == key), None)

    def initial(self, step: GenerationStep | None) -> dict[str, str]:
        """Return the values the form begins with.

        Args:
            step: the request to begin from; without one, the defaults of the model used last.
        """
        if step is None:
            return self._fresh()
        return self._like(Recipe.from_parameters(step.parameters))

    def _fresh(self) -> dict[str, str]:
        model = self._last_used() or next(iter(self.models), None)
        count = count_values(self.settings.default_batch_size)
        return {**defaults_for(model, self.settings), "model": model.key if model else "", **count}

    def _last_used(self) -> Model | None:
        newest = GenerationStep.objects.order_by("-created_at").values_list("model_key", flat=True).first()
        return self.model(newest or "")

    def _like(self, recipe: Recipe) -> dict[str, str]:
        """Return a recipe's values; its seeds are left out, since the same ones would make the same pictures."""
        return {
            "prompt": recipe.prompt,
            "negative_prompt": recipe.negative_prompt,
            "model": _same(self.models, recipe.model),
            "vae": _same(self.vaes, recipe.vae),
            **size_values(shapes_for(recipe.model.base, self.settings), recipe.width, recipe.height),
            **count_values(recipe.batch_size),
            "steps": str(recipe.steps),
            "cfg_scale": f"{recipe.cfg_scale:g}",
            "scheduler": recipe.scheduler,
        }


def _same(known: QuerySet[Model], choice: ModelChoice | None) -> str:
    """Return the key a model has now: a re-installed one has another, but the same hash."""
    if choice is None:
        return ""
    keys: dict[Any, str] = {model.key: model.key for model in known}
    hashes = {model.hash: model.key for model in known if model.hash}
    return keys.get(choice.key) or hashes.get(choice.hash, "")
