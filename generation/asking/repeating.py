"""Run a step, or one picture of it, exactly again: the same recipe, hence the same graph and the same seeds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from clients.errors import RemoteRejected
from clients.invokeai import InvokeAI, ModelRecord
from generation.asking import starting
from generation.models import GenerationStep
from generation.recipes.bases import REFINER
from generation.recipes.recipe import ModelChoice, Recipe
from generation.running import resolving

MISSING = "not on the server"
UNKNOWN = "not known"
KINDS = {"main": "Model", "vae": "VAE", "lora": "LoRA", "spandrel_image_to_image": "Upscaler"}


@dataclass(frozen=True, slots=True)
class Circumstance:
    """One thing the pixels depend on besides the request itself.

    Attributes:
        name: what it is.
        then: what it was when the pictures were made.
        now: what it would be now.
    """

    name: str
    then: str
    now: str

    @property
    def is_same(self) -> bool:
        """Whether it is known that nothing changed."""
        return self.then == self.now != UNKNOWN

    @property
    def is_missing(self) -> bool:
        """Whether the server has it no more, so that nothing can be run."""
        return self.now == MISSING


def circumstances(step: GenerationStep, server: str, client: InvokeAI) -> list[Circumstance]:
    """Return what a server is like now beside what it was like when the step ran.

    Args:
        step: the one to repeat.
        server: where it would run.
        client: of that server.

    Raises:
        RemoteError: the server could not be asked.
    """
    recipe = Recipe.from_parameters(step.parameters)
    records = client.models.all()
    version = Circumstance("InvokeAI’s version", recipe.backend_version or UNKNOWN, str(client.version()))
    return [
        Circumstance("Server", step.server, server),
        version,
        *(_of_model(model, records) for model in models_of(recipe)),
    ]


def run_again(step: GenerationStep, *, image: UUID | None = None) -> GenerationStep:
    """Start the step's request anew, as a step of the same session that grows from where the first grew from.

    Args:
        step: the one to repeat.
        image: one of its pictures; then only that one is made again.

    Raises:
        RemoteRejected: no usable server is set; nothing was recorded.
    """
    recipe = replace(Recipe.from_parameters(step.parameters), backend_version="")
    seed = _seed_of(step, image) if image else None
    if seed in recipe.seeds:
        recipe = _only(recipe, recipe.seeds.index(seed))
    return starting.start_step(step.session, recipe, parent=step.parent, source_image=step.source_image, repeats=step)


def models_of(recipe: Recipe) -> list[ModelChoice]:
    """Return every model a recipe needs, the main one first."""
    found: list[ModelChoice] = []

    def note(model: ModelChoice) -> ModelChoice:
        found.append(model)
        return model

    recipe.with_models(note)
    return sorted(found, key=lambda model: model.type != "main")


def _seed_of(step: GenerationStep, image: UUID) -> object:
    return step.alternatives.filter(image=image).values_list("image__generation_params__seed", flat=True).first()


def _only(recipe: Recipe, place: int) -> Recipe:
    """Return the recipe of one of its pictures, with the words that one has."""
    prompt, negative = recipe.words_of(recipe.seeds[place])
    return replace(
        recipe,
        seeds=(recipe.seeds[place],),
        prompt=prompt,
        negative_prompt=negative,
        prompts=recipe.prompts[place : place + 1],
        negative_prompts=recipe.negative_prompts[place : place + 1],
    )


def _of_model(model: ModelChoice, records: Sequence[ModelRecord]) -> Circumstance:
    then = _named(model)
    try:
        now = _named(resolving.find(records, model))
    except RemoteRejected:
        now = MISSING
    return Circumstance(_kind(model), then, now)


def _kind(model: ModelChoice) -> str:
    if model.base == REFINER:
        return "Refiner"
    return KINDS.get(model.type, model.type.replace("_", " ").capitalize())


def _named(model: ModelChoice) -> str:
    """Name a model with the first characters of its checksum, which tell it from any other a person will meet."""
    checksum = model.hash.rpartition(":")[2][:12]
    return f"{model.name}, {checksum}" if checksum else UNKNOWN
