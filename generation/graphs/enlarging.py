"""The graph that makes a picture larger, with a model for that."""

from generation.graphs.building import JOB_KEY, OUTPUT, Graph, GraphBuilder, Uploads, add_seed
from generation.recipes.recipe import Recipe

TILE = 512


def build(recipe: Recipe, uploads: Uploads, job: str) -> Graph:
    """Return the graph. Chance has no part in it; the seed is there because a batch has one for each picture."""
    assert recipe.upscale_model
    builder = GraphBuilder()
    add_seed(builder, recipe)
    builder.add(
        OUTPUT,
        "spandrel_image_to_image_autoscale",
        image={"image_name": uploads.source},
        image_to_image_model=recipe.upscale_model.as_json(),
        tile_size=TILE,
        scale=recipe.upscale_factor,
        fit_to_multiple_of_8=False,
    )
    builder.add("meta", "core_metadata", **_facts(recipe, uploads), **{JOB_KEY: job})
    builder.join("meta.metadata", f"{OUTPUT}.metadata")
    return builder.graph()


def _facts(recipe: Recipe, uploads: Uploads) -> dict[str, object]:
    assert recipe.source
    assert recipe.upscale_model
    initial = {"image_name": uploads.source, "width": recipe.source.width, "height": recipe.source.height}
    return {
        "positive_prompt": recipe.prompt,
        "negative_prompt": recipe.negative_prompt,
        "upscale_model": recipe.upscale_model.as_json(),
        "upscale_scale": recipe.upscale_factor,
        "upscale_initial_image": initial,
    }
