"""Find a recipe's models on the server it goes to: a re-installed model has a new key and the old hash."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from clients.errors import RemoteRejected
from clients.invokeai import InvokeAI, ModelRecord
from generation.recipes.bases import companions_of
from generation.recipes.recipe import ModelChoice, Recipe
from generation.recipes.rules import SOURCE

# What ``explaining`` says of a model that went missing while the request waited, too.
CHOOSE_ANOTHER = "Read the catalogue anew and choose another."
# Families whose loader takes a complete model to borrow from.
BORROWING = frozenset({"z-image", "flux2", "qwen-image", "wan"})
Test = Callable[[ModelRecord, ModelChoice], bool]

TESTS: tuple[Test, ...] = (
    lambda record, wanted: record.key == wanted.key,
    lambda record, wanted: bool(wanted.hash) and record.hash == wanted.hash and record.type == wanted.type,
    lambda record, wanted: (record.name, record.base, record.type) == (wanted.name, wanted.base, wanted.type),
)


def resolve(recipe: Recipe, client: InvokeAI) -> Recipe:
    """Return the recipe with its models named as this server names them, and with the companions they need.

    Raises:
        RemoteRejected: the server has no such model; the sentence says which, and what to do.
        RemoteError: the server could not be asked.
    """
    missing = client.models.missing_keys()
    records = [record for record in client.models.all() if record.key not in missing]
    return accompany(recipe.with_models(lambda wanted: find(records, wanted)), records)


def find(records: Sequence[ModelRecord], wanted: ModelChoice) -> ModelChoice:
    """Return the model by its key, else by its hash, else by its name, base and type.

    Raises:
        RemoteRejected: it is none of these.
    """
    for fits in TESTS:
        if found := next((record for record in records if fits(record, wanted)), None):
            return ModelChoice.of(found)
    raise RemoteRejected(f"The server does not have {wanted.name or 'this model'} any more. {CHOOSE_ANOTHER}")


def accompany(recipe: Recipe, records: Sequence[ModelRecord]) -> Recipe:
    """Return the recipe with the first fitting model in each place that nobody chose one for.

    Where none fits, a complete model of the same family lends its own; what is still missing is for the rules to say.
    """
    model, chosen = recipe.model, dict(recipe.companions)
    lacking = [each for each in companions_of(model.base, model.variant, model.format) if each.is_needed]
    for companion in lacking:
        if companion.slot not in chosen and (fitting := companion.among(records)):
            chosen[companion.slot] = ModelChoice.of(fitting[0])
    if any(each.slot not in chosen for each in lacking) and (lender := _lender(model, records)):
        chosen.setdefault(SOURCE, lender)
    return replace(recipe, companions=chosen)


def _lender(model: ModelChoice, records: Sequence[ModelRecord]) -> ModelChoice | None:
    """Return a complete model that another of its family can borrow encoders and VAE from."""
    if model.base not in BORROWING:
        return None
    wanted = (model.base, "main", "diffusers", _kind(model.variant))
    fits = (record for record in records if (record.base, record.type, record.format, _kind(record.variant)) == wanted)
    return next(map(ModelChoice.of, fits), None)


def _kind(variant: str | None) -> str:
    """Return what variants that share encoders have in common."""
    return (variant or "").removesuffix("_base")
