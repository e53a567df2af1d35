"""Graphs for SDXL models."""

from generation.graphs.building import NEGATIVE, PROMPT, Graph, GraphBuilder, Uploads, add_words
from generation.graphs.latent import add_facts, add_options, add_painting
from generation.graphs.refining import add_refiner, refiner_facts
from generation.recipes.recipe import Recipe


def build(recipe: Recipe, uploads: Uploads, job: str) -> Graph:
    """Return the graph of one picture."""
    builder = GraphBuilder()
    builder.add("model", "sdxl_model_loader", model=recipe.model.as_json())
    add_words(builder, recipe)
    ways = add_options(builder, recipe, lora_loader="sdxl_lora_collection_loader", clips=("clip", "clip2"))
    _add_conditioning(builder, recipe, "pos", PROMPT, ways)
    _add_conditioning(builder, recipe, "neg", NEGATIVE, ways)
    if recipe.refiner_model:
        ways["latents"] = add_refiner(builder, recipe)
    add_painting(builder, recipe, uploads, ways)
    add_facts(builder, recipe, uploads, job, **refiner_facts(recipe))
    return builder.graph()


def _add_conditioning(builder: GraphBuilder, recipe: Recipe, name: str, words: str, ways: dict[str, str]) -> None:
    """Add one of the two encoders. The words are its style too, and the sizes say that nothing was cropped."""
    size = {"original_width": recipe.width, "original_height": recipe.height}
    target = {"target_width": recipe.width, "target_height": recipe.height, "crop_top": 0, "crop_left": 0}
    builder.add(name, "sdxl_compel_prompt", **size, **target)
    builder.join(ways["clip"], f"{name}.clip")
    builder.join(ways["clip2"], f"{name}.clip2")
    builder.join(f"{words}.value", f"{name}.prompt", f"{name}.style")
