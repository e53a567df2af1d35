"""Find a recipe's models on the server it goes to: a re-installed model has a new key and the old hash."""

from collections.abc import Callable, Sequence

from clients.errors import RemoteRejected
from clients.invokeai import InvokeAI, ModelRecord
from generation.recipes import ModelChoice, Recipe

# What ``explaining`` says of a model that went missing while the request waited, too.
CHOOSE_ANOTHER = "Read the catalogue anew and choose another."
Test = Callable[[ModelRecord, ModelChoice], bool]

TESTS: tuple[Test, ...] = (
    lambda record, wanted: record.key == wanted.key,
    lambda record, wanted: bool(wanted.hash) and record.hash == wanted.hash and record.type == wanted.type,
    lambda record, wanted: (record.name, record.base, record.type) == (wanted.name, wanted.base, wanted.type),
)


def resolve(recipe: Recipe, client: InvokeAI) -> Recipe:
    """Return the recipe with its models named as this server names them.

    Raises:
        RemoteRejected: the server has no such model; the sentence says which, and what to do.
        RemoteError: the server could not be asked.
    """
    missing = client.models.missing_keys()
    records = [record for record in client.models.all() if record.key not in missing]
    return recipe.with_models(lambda wanted: find(records, wanted))


def find(records: Sequence[ModelRecord], wanted: ModelChoice) -> ModelChoice:
    """Return the model by its key, else by its hash, else by its name, base and type.

    Raises:
        RemoteRejected: it is none of these.
    """
    for fits in TESTS:
        if found := next((record for record in records if fits(record, wanted)), None):
            return ModelChoice.of(found)
    raise RemoteRejected(f"The server does not have {wanted.name or 'this model'} any more. {CHOOSE_ANOTHER}")
