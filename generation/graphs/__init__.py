"""From a recipe to InvokeAI's graph: pure, so that the same recipe always gives the same graph."""

from collections.abc import Callable
from typing import Any

from generation.graphs import sd, sdxl
from generation.graphs.building import NEGATIVE_PROMPT, OUTPUT, PROMPT, SEED, Graph
from generation.recipes import Recipe

__all__ = ["OUTPUT", "SEED", "Graph", "seed_data", "text_to_image"]

BUILDERS: dict[str, Callable[[Recipe, str], Graph]] = {
    "sd-1": sd.text_to_image,
    "sd-2": sd.text_to_image,
    "sdxl": sdxl.text_to_image,
}


def text_to_image(recipe: Recipe, *, job: str) -> Graph:
    """Return the graph that makes one picture; the seed comes from the batch.

    Args:
        recipe: has been found without fault by ``rules.problems``.
        job: embedded in each picture as ``gallery_job``, so that it can be found again by it.

    Raises:
        KeyError: no pictures can be made with models of this base.
    """
    return BUILDERS[recipe.model.base](recipe, job)


def seed_data(recipe: Recipe) -> list[list[dict[str, Any]]]:
    """Return the batch's values: one item for each seed, in their order, with its own prompts where they differ."""
    together = {SEED: recipe.seeds, PROMPT: recipe.prompts, NEGATIVE_PROMPT: recipe.negative_prompts}
    return [
        [{"node_path": node, "field_name": "value", "items": list(items)} for node, items in together.items() if items]
    ]
