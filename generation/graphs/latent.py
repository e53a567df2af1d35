"""What SD and SDXL have in common: a UNet, noise of its own, and options to put in between."""

from typing import Any

from generation.graphs.building import SEED, GraphBuilder, Uploads, add_loras, add_metadata
from generation.graphs.growing import Workshop, add_picture, denoising_start
from generation.recipes.recipe import Recipe


def add_options(builder: GraphBuilder, recipe: Recipe, *, lora_loader: str, clips: tuple[str, ...]) -> dict[str, str]:
    """Add seamless tiling, a separate VAE and LoRAs, and return which output now has "unet", "vae" and each clip.

    Args:
        builder: has a node ``model``.
        recipe: what is wanted.
        lora_loader: the family's node type for LoRAs.
        clips: the names of the loader's outputs for its text encoders.
    """
    ways = {name: f"model.{name}" for name in ("unet", "vae", *clips)}
    if recipe.vae:
        builder.add("vae", "vae_loader", vae_model=recipe.vae.as_json())
        ways["vae"] = "vae.vae"
    if recipe.seamless_x or recipe.seamless_y:
        builder.add("seamless", "seamless", seamless_x=recipe.seamless_x, seamless_y=recipe.seamless_y)
        builder.join(ways["unet"], "seamless.unet")
        builder.join(ways["vae"], "seamless.vae")
        ways |= {"unet": "seamless.unet", "vae": "seamless.vae"}
    if recipe.loras:
        add_loras(builder, recipe, lora_loader)
        for name in ("unet", *clips):
            builder.join(ways[name], f"lora.{name}")
            ways[name] = f"lora.{name}"
    return ways


def add_painting(builder: GraphBuilder, recipe: Recipe, uploads: Uploads, ways: dict[str, str]) -> None:
    """Add noise, made on the CPU unless wanted otherwise, and all that turns it into a picture.

    The CPU's is the same with every GPU.

    Args:
        builder: has the words as ``pos`` and ``neg``.
        recipe: what is wanted.
        uploads: what it grows from.
        ways: as ``add_options`` returns them. With "latents", the output of a refiner, the first model goes only as
            far as that takes over.
    """
    end = recipe.refiner_start if "latents" in ways else 1
    workshop = Workshop(
        decoder="l2i",
        encoder="i2l",
        vae=ways["vae"],
        unet="model.unet",
        options={"fp32": recipe.vae_precision == "fp32"},
        reading={"color_compensation": "SDXL"} if recipe.color_compensation else {},
        latents=ways.get("latents", "denoise.latents"),
    )
    builder.add("noise", "noise", width=recipe.width, height=recipe.height, use_cpu=not recipe.gpu_noise)
    builder.add(
        "denoise",
        "denoise_latents",
        steps=recipe.steps,
        cfg_scale=recipe.cfg_scale,
        cfg_rescale_multiplier=recipe.cfg_rescale_multiplier,
        scheduler=recipe.scheduler,
        denoising_start=min(denoising_start(recipe, workshop), end),
        denoising_end=end,
        **hidiffusion(recipe),
    )
    builder.join(f"{SEED}.value", "noise.seed")
    builder.join("noise.noise", "denoise.noise")
    builder.join(ways["unet"], "denoise.unet")
    builder.join("pos.conditioning", "denoise.positive_conditioning")
    builder.join("neg.conditioning", "denoise.negative_conditioning")
    add_picture(builder, recipe, uploads, workshop)


def hidiffusion(recipe: Recipe) -> dict[str, Any]:
    """Return the switch for large pictures where it is on; older servers do not know the field."""
    return {"hidiffusion": True} if recipe.hidiffusion else {}


def add_facts(builder: GraphBuilder, recipe: Recipe, uploads: Uploads, job: str, **more: object) -> None:
    """Add the metadata."""
    if recipe.vae:
        more["vae"] = recipe.vae.as_json()
    if recipe.color_compensation and uploads.source:
        more["color_compensation"] = "SDXL"
    more |= hidiffusion(recipe)
    if recipe.seamless_x or recipe.seamless_y:
        more |= {"seamless_x": recipe.seamless_x, "seamless_y": recipe.seamless_y}
    add_metadata(
        builder,
        recipe,
        uploads,
        job,
        cfg_scale=recipe.cfg_scale,
        cfg_rescale_multiplier=recipe.cfg_rescale_multiplier,
        scheduler=recipe.scheduler,
        **more,
    )
