"""Graphs for SDXL models."""

from generation.graphs.building import (
    Graph,
    GraphBuilder,
    add_denoising,
    add_metadata,
    add_output,
    add_words,
)
from generation.recipes import Recipe


def text_to_image(recipe: Recipe, job: str) -> Graph:
    """Return the graph of one picture made from words."""
    builder = GraphBuilder()
    builder.add("model", "sdxl_model_loader", model=recipe.model.as_json())
    add_words(builder, recipe)
    _add_conditioning(builder, "pos", "prompt", recipe)
    _add_conditioning(builder, "neg", "nprompt", recipe)
    add_denoising(builder, recipe)
    add_output(builder, recipe)
    add_metadata(builder, recipe, mode="sdxl_txt2img", job=job)
    return builder.graph()


def _add_conditioning(builder: GraphBuilder, name: str, words: str, recipe: Recipe) -> None:
    """Add one of the two encoders. The words are its style too, and the sizes say that nothing was cropped."""
    size = {"original_width": recipe.width, "original_height": recipe.height}
    target = {"target_width": recipe.width, "target_height": recipe.height, "crop_top": 0, "crop_left": 0}
    builder.add(name, "sdxl_compel_prompt", **size, **target)
    builder.join("model.clip", f"{name}.clip")
    builder.join("model.clip2", f"{name}.clip2")
    builder.join(f"{words}.value", f"{name}.prompt", f"{name}.style")
