"""A recipe of every kind: each family in each of its modes, and each option."""

from dataclasses import replace
from typing import Any

from generation.choices import Mode
from generation.graphs import Uploads
from generation.recipes.bases import BASES, companions_of, offers_of
from generation.recipes.companions import Companion
from generation.recipes.recipe import LoraChoice, Margins, ModelChoice, Recipe, SourcePicture
from generation.tests.factories import REFINER, SDXL, VAE, make_recipe

UPLOADS = Uploads(source="source.png", mask="mask.png")
PHOTO = "8e1c7e1e-0000-4000-8000-000000000000"
UPSCALER = ModelChoice("key-up", "blake3:up", "RealESRGAN_x4plus", "any", "spandrel_image_to_image")
# The variants that are built otherwise than their family's usual one.
VARIANTS = {"flux2": ("klein_4b", "dev"), "flux": ("dev", "dev_fill")}


def mode_changes(mode: Mode, base: str) -> dict[str, Any]:
    """Return what a recipe has besides in a mode; the sources are smaller, larger and of other shapes."""
    side = BASES[base].side
    return {
        Mode.TXT2IMG: {},
        Mode.IMG2IMG: {"source": SourcePicture(PHOTO, side * 2, side), "strength": 0.6},
        Mode.INPAINT: {"source": SourcePicture(PHOTO, side - 5, side - 5), "strength": 0.75, "mask": "mask.png"},
        Mode.OUTPAINT: {"source": SourcePicture(PHOTO, side - 128, side - 64), "margins": Margins(64, 0, 64, 64)},
    }[mode] | {"mode": mode.value}


def recipe_of(base: str, mode: Mode, variant: str = "") -> Recipe:
    """Return a recipe for a family in a mode, with every companion it needs."""
    offers = offers_of(base, variant)
    assert offers
    model = ModelChoice(f"key-{base}", f"blake3:{base}", BASES[base].name, base, variant=variant)
    return make_recipe(
        model=model,
        width=BASES[base].side,
        height=BASES[base].side,
        seeds=(11,),
        cfg_scale=offers.cfg_scale.default if offers.cfg_scale else 1,
        companions={each.slot: choice_for(each) for each in companions_of(base, variant)},
        **mode_changes(mode, base),
    )


def choice_for(companion: Companion) -> ModelChoice:
    """Return a model that fits a slot."""
    base, variant = next(iter(companion.bases), "any"), next(iter(companion.variants), "")
    return ModelChoice(f"key-{companion.slot}", "blake3:c", companion.label, base, companion.type, variant=variant)


def lora_for(base: str, weight: float = 0.8) -> LoraChoice:
    """Return a LoRA of a family."""
    return LoraChoice(ModelChoice(f"key-lora-{weight}", "blake3:lora", "Ink", base, "lora"), weight)


def every_mode() -> dict[str, Recipe]:
    """Return a recipe for each family, each of its variants that differ, and each of their modes."""
    kinds: dict[str, Recipe] = {}
    for base in BASES:
        for variant in VARIANTS.get(base, ("",)):
            offers = offers_of(base, variant)
            assert offers
            name = "_".join(filter(None, [base, variant]))
            kinds |= {f"{name}_{mode.value}": recipe_of(base, mode, variant) for mode in offers.modes}
    return kinds


def every_option() -> dict[str, Recipe]:
    """Return recipes with options, and the one that enlarges."""
    loras = {
        f"{base}_loras": replace(recipe_of(base, Mode.TXT2IMG, *VARIANTS.get(base, ("",))[:1]), loras=(lora_for(base),))
        for base, family in BASES.items()
        if "loras" in family.offers.parameters
    }
    same = SourcePicture(PHOTO, 512, 512)
    refined = {
        f"sdxl_refiner_{mode.value}": replace(recipe_of("sdxl", mode), refiner_model=REFINER)
        for mode in (Mode.TXT2IMG, Mode.IMG2IMG, Mode.INPAINT)
    }
    return {
        **loras,
        **refined,
        "sd-1_clip_skip_and_vae": make_recipe(clip_skip=2, vae=VAE, vae_precision="fp16"),
        "sd-1_everything": make_recipe(
            vae=VAE, clip_skip=1, seamless_x=True, loras=(lora_for("sd-1"), lora_for("sd-1", -0.5))
        ),
        "sd-1_img2img_as_it_is": make_recipe(mode="img2img", source=same, strength=0.5),
        "sd-1_inpaint_as_it_is": make_recipe(mode="inpaint", source=same, mask="mask.png", mask_blur=4),
        "sd-1_seamless": make_recipe(seamless_x=True, seamless_y=True),
        "sdxl_everything": make_recipe(
            model=SDXL, width=832, height=1216, cfg_rescale_multiplier=0.3, seamless_y=True, loras=(lora_for("sdxl"),)
        ),
        "sdxl_gpu_noise": make_recipe(model=SDXL, gpu_noise=True),
        "sd-1_hidiffusion": make_recipe(width=1024, height=1024, hidiffusion=True),
        "sdxl_color_compensation": replace(recipe_of("sdxl", Mode.IMG2IMG), color_compensation=True),
        "sdxl_refiner_early": replace(
            refined["sdxl_refiner_img2img"],
            strength=0.2,
            seamless_x=True,
            refiner_start=0.6,
            refiner_steps=33,
            refiner_cfg_scale=5.5,
            refiner_scheduler="ddim",
            refiner_positive_aesthetic_score=7.0,
            refiner_negative_aesthetic_score=1.5,
        ),
        "z-image_complete": make_recipe(
            model=ModelChoice("key-z", "blake3:z", "Z", "z-image", format="diffusers"), cfg_scale=1
        ),
        "upscale": make_recipe(
            mode="upscale", model=UPSCALER, upscale_model=UPSCALER, source=same, upscale_factor=3.0, seeds=(11,)
        ),
    }


EVERY_KIND = {**every_mode(), **every_option()}
