"""From a recipe to InvokeAI's graph: pure, so that the same recipe always gives the same graph."""

from collections.abc import Callable
from typing import Any

from generation.choices import Mode
from generation.graphs import enlarging, flow, sd, sdxl
from generation.graphs.building import NEGATIVE, OUTPUT, PROMPT, SEED, Graph, Uploads
from generation.graphs.families import FAMILIES, blank_of
from generation.recipes.recipe import Recipe

__all__ = ["NOWHERE", "OUTPUT", "SEED", "Graph", "Uploads", "build", "node_types", "seed_data"]

Build = Callable[[Recipe, Uploads, str], Graph]

NOWHERE = Uploads()
BUILDERS: dict[str, Build] = {
    "sd-1": sd.build,
    "sd-2": sd.build,
    "sdxl": sdxl.build,
    **dict.fromkeys(FAMILIES, flow.build),
}


def build(recipe: Recipe, *, job: str, uploads: Uploads = NOWHERE) -> Graph:
    """Return the graph that makes one picture; the seed comes from the batch.

    Args:
        recipe: has been found without fault by ``rules.problems``.
        job: embedded in each picture as ``gallery_job``, so that it can be found again by it.
        uploads: InvokeAI's names of the picture and the mask it grows from.

    Raises:
        KeyError: no pictures can be made with models of this base.
    """
    builder = enlarging.build if recipe.mode == Mode.UPSCALE else BUILDERS[recipe.model.base]
    return builder(recipe, uploads, job)


def node_types(graph: Graph) -> frozenset[str]:
    """Return the node types a graph uses."""
    return frozenset(node["type"] for node in graph["nodes"].values())


def seed_data(recipe: Recipe) -> list[list[dict[str, Any]]]:
    """Return the batch's values: one item for each seed, in their order, with words of its own where they differ."""
    differing: dict[str, tuple[Any, ...]] = {SEED: recipe.seeds}
    if recipe.mode != Mode.UPSCALE:
        blank = blank_of(recipe.model)
        differing |= {PROMPT: recipe.prompts, NEGATIVE: tuple(words or blank for words in recipe.negative_prompts)}
    return [
        [{"node_path": node, "field_name": "value", "items": list(items)} for node, items in differing.items() if items]
    ]
