"""The SDXL refiner: a second model that goes the last part of the way."""

from generation.graphs.building import NEGATIVE, PROMPT, GraphBuilder
from generation.recipes.recipe import REFINER_NUMBERS, Recipe


def add_refiner(builder: GraphBuilder, recipe: Recipe) -> str:
    """Add it behind the node ``denoise``, and return the output that has the finished latents.

    It gets no mask: where nothing may change, what comes to it has as much noise left as elsewhere, and needs it taken
    away as well. What it changes there is laid over in the end.
    """
    assert recipe.refiner_model
    builder.add("refiner", "sdxl_refiner_model_loader", model=recipe.refiner_model.as_json())
    builder.add(
        "refine",
        "denoise_latents",
        steps=recipe.refiner_steps,
        cfg_scale=recipe.refiner_cfg_scale,
        scheduler=recipe.refiner_scheduler,
        denoising_start=recipe.refiner_start,
        denoising_end=1,
    )
    builder.join("denoise.latents", "refine.latents")
    _join_unet(builder, recipe)
    _add_conditioning(builder, recipe, PROMPT, "positive", recipe.refiner_positive_aesthetic_score)
    _add_conditioning(builder, recipe, NEGATIVE, "negative", recipe.refiner_negative_aesthetic_score)
    return "refine.latents"


def _join_unet(builder: GraphBuilder, recipe: Recipe) -> None:
    """Lead the UNet on, whose edges have to meet like those of the first model."""
    last = "refiner"
    if recipe.seamless_x or recipe.seamless_y:
        last = "refiner_seamless"
        builder.add(last, "seamless", seamless_x=recipe.seamless_x, seamless_y=recipe.seamless_y)
        builder.join("refiner.unet", f"{last}.unet")
    builder.join(f"{last}.unet", "refine.unet")


def _add_conditioning(builder: GraphBuilder, recipe: Recipe, words: str, side: str, score: float) -> None:
    name = f"refiner_{side}"
    size = {"original_width": recipe.width, "original_height": recipe.height, "crop_top": 0, "crop_left": 0}
    builder.add(name, "sdxl_refiner_compel_prompt", **size, aesthetic_score=score)
    builder.join("refiner.clip2", f"{name}.clip2")
    builder.join(f"{words}.value", f"{name}.style")
    builder.join(f"{name}.conditioning", f"refine.{side}_conditioning")


def refiner_facts(recipe: Recipe) -> dict[str, object]:
    """Return what the metadata tells of it."""
    if recipe.refiner_model is None:
        return {}
    numbers = {name: getattr(recipe, name) for name in REFINER_NUMBERS}
    return {"refiner_model": recipe.refiner_model.as_json(), "refiner_scheduler": recipe.refiner_scheduler, **numbers}
