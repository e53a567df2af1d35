"""Graphs for SD-1 and SD-2 models."""

from generation.graphs.building import NEGATIVE, PROMPT, Graph, GraphBuilder, Uploads, add_words
from generation.graphs.latent import add_facts, add_options, add_painting
from generation.recipes.recipe import Recipe


def build(recipe: Recipe, uploads: Uploads, job: str) -> Graph:
    """Return the graph of one picture."""
    builder = GraphBuilder()
    builder.add("model", "main_model_loader", model=recipe.model.as_json())
    add_words(builder, recipe)
    ways = add_options(builder, recipe, lora_loader="lora_collection_loader", clips=("clip",))
    _add_conditioning(builder, recipe, ways["clip"])
    add_painting(builder, recipe, uploads, ways)
    add_facts(builder, recipe, uploads, job, clip_skip=recipe.clip_skip)
    return builder.graph()


def _add_conditioning(builder: GraphBuilder, recipe: Recipe, clip: str) -> None:
    if recipe.clip_skip:
        builder.add("clip_skip", "clip_skip", skipped_layers=recipe.clip_skip)
        builder.join(clip, "clip_skip.clip")
        clip = "clip_skip.clip"
    builder.add("pos", "compel")
    builder.add("neg", "compel")
    builder.join(clip, "pos.clip", "neg.clip")
    builder.join(f"{PROMPT}.value", "pos.prompt")
    builder.join(f"{NEGATIVE}.value", "neg.prompt")
