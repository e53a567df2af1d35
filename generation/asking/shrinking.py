"""A smaller size for a request the server had no memory for."""

from dataclasses import replace

from generation.asking import starting
from generation.models import GenerationStep
from generation.recipes.bases import BASES
from generation.recipes.recipe import Recipe
from generation.recipes.shapes import Size, nearest
from generation.running.explaining import NO_MEMORY

FACTOR = 0.75
SMALLEST = 256


def size_after(step: GenerationStep) -> Size | None:
    """Return the size to try next after a step that was too large; None when that was not it, or none is left."""
    if not (step.error_message or "").startswith(NO_MEMORY):
        return None
    return _smaller(Recipe.from_parameters(step.parameters))


def start_smaller(step: GenerationStep) -> GenerationStep | None:
    """Start the same request with three quarters of the sides; None when ``size_after`` knows no size.

    Raises:
        RemoteRejected: no usable server is set; nothing was recorded.
    """
    size = size_after(step)
    if size is None:
        return None
    recipe = replace(Recipe.from_parameters(step.parameters), width=size.width, height=size.height)
    return starting.start_step(step.session, recipe, parent=step.parent, source_image=step.source_image)


def _smaller(recipe: Recipe) -> Size | None:
    family = BASES.get(recipe.model.base)
    multiple = family.multiple if family else 8
    width, height = (nearest(side * FACTOR, multiple) for side in (recipe.width, recipe.height))
    return Size(width, height) if min(width, height) >= SMALLEST else None
