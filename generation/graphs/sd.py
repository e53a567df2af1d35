"""Graphs for SD-1 and SD-2 models."""

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
    builder.add("model", "main_model_loader", model=recipe.model.as_json())
    add_words(builder, recipe)
    _add_conditioning(builder, recipe)
    add_denoising(builder, recipe)
    add_output(builder, recipe)
    add_metadata(builder, recipe, mode="txt2img", job=job, clip_skip=recipe.clip_skip)
    return builder.graph()


def _add_conditioning(builder: GraphBuilder, recipe: Recipe) -> None:
    clip = "model.clip"
    if recipe.clip_skip:
        builder.add("clip_skip", "clip_skip", skipped_layers=recipe.clip_skip)
        builder.join(clip, "clip_skip.clip")
        clip = "clip_skip.clip"
    builder.add("pos", "compel")
    builder.add("neg", "compel")
    builder.join(clip, "pos.clip", "neg.clip")
    builder.join("prompt.value", "pos.prompt")
    builder.join("nprompt.value", "neg.prompt")
