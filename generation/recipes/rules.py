"""What InvokeAI accepts, checked by us: a bad seed in a batch would block its queue for everybody.

Each rule answers with a sentence that names the rule and the nearest value that keeps it.
"""

import math
from collections.abc import Iterator

from generation.choices import Mode
from generation.recipes.bases import (
    BASES,
    NEWER_PARAMETERS,
    NEWER_SCHEDULERS,
    REFINER,
    SCHEDULERS,
    Offers,
    Range,
    companions_of,
    offers_of,
)
from generation.recipes.companions import missing_sentence
from generation.recipes.recipe import LARGEST_SEED, LoraChoice, Margins, ModelChoice, Recipe
from generation.recipes.shapes import nearest

SMALLEST_SIDE = 64
LARGEST_SIDE = 2048
MOST_STEPS = 500
LARGEST_CFG_SCALE = 99.99
MOST_CLIP_SKIP = 12
MOST_PICTURES = 64
LONGEST_PROMPT = 20_000
VAE_PRECISIONS = ("fp32", "fp16")

COHERENCE_MODES = ("Gaussian Blur", "Box Blur", "Staged")
WIDEST_BLUR = 256
LARGEST_RESULT = 8192
LARGEST_MARGIN = 2048
LORA_WEIGHTS = (-10, 10)
MOST_LORAS = 16
AESTHETIC_SCORES = (1, 10)
UPSCALER = "spandrel_image_to_image"
# The slot of a whole model that lends its companions.
SOURCE = "source"


def schedulers(version: tuple[int, int] | None = None, base: str = "sd-1", variant: str = "") -> tuple[str, ...]:
    """Return the names a server of this version knows for a family; without a version, those every server knows.

    Empty when the family leaves nothing to choose.
    """
    offers = offers_of(base, variant)
    if offers and offers.schedulers is not SCHEDULERS:
        return offers.schedulers
    newer = tuple(name for name, since in NEWER_SCHEDULERS.items() if version and version >= since)
    return tuple(sorted(SCHEDULERS + newer))


def unknown_parameters(version: tuple[int, int] | None) -> set[str]:
    """Return the parameters a server of this version does not know; without a version, those some servers do not."""
    return {name for name, since in NEWER_PARAMETERS.items() if version is None or version < since}


def problems(recipe: Recipe, *, version: tuple[int, int] | None = None) -> dict[str, str]:
    """Return what is wrong with a recipe: a sentence by field name, empty when it may be sent.

    Args:
        recipe: anything, even with values of a wrong type.
        version: of the server, major and minor, when it is known.
    """
    return dict(_faults(recipe, version))


def _faults(recipe: Recipe, version: tuple[int, int] | None) -> Iterator[tuple[str, str]]:
    checks = {**_word_faults(recipe), **_source_faults(recipe)}
    offers = offers_of(recipe.model.base, recipe.model.variant)
    if recipe.mode == Mode.UPSCALE:
        checks |= _enlarging_faults(recipe)
    elif fault := model_fault(recipe.model.base, recipe.model.type):
        checks |= {"model": fault}
    elif offers:
        checks |= {**_painting_faults(recipe, offers, version), **_model_faults(recipe, offers)}
    return ((name, fault) for name, fault in checks.items() if fault)


def _word_faults(recipe: Recipe) -> dict[str, str]:
    return {
        "prompt": prompt_fault(recipe.prompt) or each_prompt_fault(recipe.prompts, recipe.batch_size),
        "negative_prompt": prompt_fault(recipe.negative_prompt)
        or each_prompt_fault(recipe.negative_prompts, recipe.batch_size),
        "seeds": seeds_fault(recipe.seeds),
    }


def _painting_faults(recipe: Recipe, offers: Offers, version: tuple[int, int] | None) -> dict[str, str]:
    """Check the numbers against what the family knows; what it ignores is ignored here too."""
    base, kinds = recipe.model.base, offers.parameters
    return {
        "width": side_fault(recipe.width, base),
        "height": side_fault(recipe.height, base),
        "steps": whole_fault(recipe.steps, int(offers.steps.low), int(offers.steps.high), "Steps"),
        "cfg_scale": range_fault(recipe.cfg_scale, offers.cfg_scale, "CFG scale"),
        "guidance": "" if recipe.guidance is None else range_fault(recipe.guidance, offers.guidance, "Guidance"),
        "cfg_rescale_multiplier": number_fault(recipe.cfg_rescale_multiplier, 0, 0.99, "CFG rescale")
        if "cfg_rescale_multiplier" in kinds
        else "",
        "scheduler": scheduler_fault(recipe.scheduler, version, base, recipe.model.variant),
        "clip_skip": whole_fault(recipe.clip_skip, 0, MOST_CLIP_SKIP, "CLIP skip") if "clip_skip" in kinds else "",
        "vae": vae_fault(recipe),
        "vae_precision": "" if recipe.vae_precision in VAE_PRECISIONS else "VAE precision is fp32 or fp16.",
        **_newer_faults(recipe, offers, version),
        **(_refiner_faults(recipe, version) if recipe.refiner_model and "refiner" in kinds else {}),
    }


def _newer_faults(recipe: Recipe, offers: Offers, version: tuple[int, int] | None) -> dict[str, str]:
    """Check what an older server would leave out without a word."""
    lacking = unknown_parameters(version) & offers.parameters if version else set()
    sentence = "This InvokeAI does not know this setting yet. Upgrade it, or switch the setting off."
    return {name: sentence for name in lacking if getattr(recipe, name)}


def _refiner_faults(recipe: Recipe, version: tuple[int, int] | None) -> dict[str, str]:
    """Check what a second model would do the last part of the way with."""
    scores = {name: getattr(recipe, f"refiner_{name}_aesthetic_score") for name in ("positive", "negative")}
    return {
        "refiner_model": refiner_fault(recipe.refiner_model),
        "refiner_start": number_fault(recipe.refiner_start, 0, 1, "The refiner’s start"),
        "refiner_steps": whole_fault(recipe.refiner_steps, 1, MOST_STEPS, "The refiner’s steps"),
        "refiner_cfg_scale": number_fault(recipe.refiner_cfg_scale, 1, LARGEST_CFG_SCALE, "The refiner’s CFG scale"),
        "refiner_scheduler": scheduler_fault(recipe.refiner_scheduler, version),
        **{
            f"refiner_{name}_aesthetic_score": number_fault(score, *AESTHETIC_SCORES, "An aesthetic score")
            for name, score in scores.items()
        },
    }


def _model_faults(recipe: Recipe, offers: Offers) -> dict[str, str]:
    return {
        "mode": mode_fault(recipe.mode, recipe.model, offers),
        "loras": loras_fault(recipe, offers),
        "companions": companions_fault(recipe),
        **(_mask_faults(recipe) if recipe.mode in {Mode.INPAINT, Mode.OUTPAINT} else {}),
    }


def _source_faults(recipe: Recipe) -> dict[str, str]:
    if recipe.mode not in Mode.values or not Mode(recipe.mode).has_source:
        return {}
    return {"source": source_fault(recipe), "strength": strength_fault(recipe.strength)}


def _mask_faults(recipe: Recipe) -> dict[str, str]:
    """Check how a part of the picture is told from the rest."""
    inpaints = recipe.mode == Mode.INPAINT
    known = recipe.coherence_mode in COHERENCE_MODES
    return {
        "mask": "Paint over what shall change." if inpaints and not recipe.mask else "",
        "mask_blur": whole_fault(recipe.mask_blur, 0, WIDEST_BLUR, "The soft edge"),
        "coherence_mode": "" if known else f"The edge is one of {', '.join(COHERENCE_MODES)}.",
        "coherence_edge": whole_fault(recipe.coherence_edge, 0, WIDEST_BLUR, "The width of the edge"),
        "coherence_min_denoise": number_fault(recipe.coherence_min_denoise, 0, 1, "The least change at the edge"),
        "margins": "" if inpaints else margins_fault(recipe.margins),
    }


def _enlarging_faults(recipe: Recipe) -> dict[str, str]:
    model = recipe.upscale_model
    if model is None or model.type != UPSCALER:
        return {"upscale_model": "Choose an upscale model. InvokeAI’s starter models have “RealESRGAN_x4plus”."}
    fault = number_fault(recipe.upscale_factor, 1, 8, "The factor")
    if not fault and recipe.source:
        fault = enlarged_fault(recipe.source.width, recipe.source.height, recipe.upscale_factor)
    one = "Enlarging gives the same picture every time: ask for one." if recipe.batch_size > 1 else ""
    return {"upscale_factor": fault, "seeds": one or seeds_fault(recipe.seeds)}


def prompt_fault(prompt: object) -> str:
    """Return what is wrong with a prompt; an empty one is allowed."""
    if not isinstance(prompt, str) or "\0" in prompt:
        return "The prompt must be text."
    if len(prompt) > LONGEST_PROMPT:
        return f"The prompt may have {LONGEST_PROMPT:,} characters. This one has {len(prompt):,}."
    return ""


def each_prompt_fault(prompts: object, pictures: int) -> str:
    """Return what is wrong with prompts that differ from picture to picture; none of their own is allowed."""
    if not isinstance(prompts, tuple | list) or len(prompts) not in {0, pictures}:
        return "Each picture needs a prompt of its own, or all the same."
    return next(filter(None, map(prompt_fault, prompts)), "")


def model_fault(base: str, kind: str = "main") -> str:
    """Return what is wrong with a choice of model."""
    if kind != "main":
        return "This is not a model that makes pictures by itself. Choose a main model."
    if base not in BASES:
        return (
            f"The gallery cannot make pictures with {base or 'unknown'} models yet."
            " Choose another, such as an SDXL model."
        )
    return ""


def side_fault(length: object, base: str) -> str:
    """Return what is wrong with a width or a height, in pixels, for a family of models."""
    if fault := whole_fault(length, SMALLEST_SIDE, LARGEST_SIDE, "A side"):
        return fault
    family = BASES.get(base)
    if family and isinstance(length, int) and length % family.multiple:
        return f"{family.name} takes multiples of {family.multiple}. The nearest is {nearest(length, family.multiple)}."
    return ""


def scheduler_fault(name: object, version: tuple[int, int] | None = None, base: str = "sd-1", variant: str = "") -> str:
    """Return what is wrong with a scheduler's name; nothing, where there is none to choose."""
    known = schedulers(version, base, variant)
    if not known or name in known:
        return ""
    if name in NEWER_SCHEDULERS and known == schedulers(version):
        return f"This InvokeAI does not know {name} yet. Choose another scheduler, such as euler."
    if name in SCHEDULERS:
        return f"{BASES[base].name} does not know this scheduler. Choose one of {', '.join(known)}."
    return "InvokeAI has no scheduler of this name. Choose one of the list."


def seeds_fault(seeds: object) -> str:
    """Return what is wrong with the seeds, which are one for each picture."""
    if not isinstance(seeds, tuple | list) or not 1 <= len(seeds) <= MOST_PICTURES:
        return f"Between 1 and {MOST_PICTURES} pictures can be asked for at once."
    if len(set(seeds)) < len(seeds):
        return "Each picture needs a seed of its own: the same seed makes the same picture."
    return next(filter(None, (whole_fault(seed, 0, LARGEST_SEED, "A seed") for seed in seeds)), "")


def vae_fault(recipe: Recipe) -> str:
    """Return what is wrong with a separate VAE."""
    if recipe.vae is None:
        return ""
    if recipe.vae.type != "vae":
        return "This is not a VAE. Choose another, or the one inside the model."
    if recipe.vae.base not in {recipe.model.base, "any"}:
        return "This VAE belongs to another family of models. Choose another, or the one inside the model."
    return ""


def refiner_fault(model: ModelChoice | None) -> str:
    """Return what is wrong with a refiner."""
    if model is None or (model.type, model.base) == ("main", REFINER):
        return ""
    return f"{model.name} is not an SDXL refiner. Choose another, or none."


def mode_fault(mode: str, model: ModelChoice, offers: Offers) -> str:
    """Return what is wrong with asking a model for a mode it was not made for."""
    if mode in offers.modes:
        return ""
    if mode not in Mode.values:
        return "There is no such way to make a picture. Begin with words or with a picture."
    if not offers.modes:
        return f"The gallery cannot make pictures with {model.name} yet. Choose another model."
    ways = " or ".join(f"“{Mode(known).label}”" for known in offers.modes)
    return f"{model.name} is made for {ways} only. Choose that, or another model."


def loras_fault(recipe: Recipe, offers: Offers) -> str:
    """Return what is wrong with the LoRAs."""
    if not recipe.loras:
        return ""
    if "loras" not in offers.parameters:
        return f"LoRAs do not work with {BASES[recipe.model.base].name} models here. Take them out."
    if len(recipe.loras) > MOST_LORAS:
        return f"Up to {MOST_LORAS} LoRAs can be used at once."
    if len({lora.model.key for lora in recipe.loras}) < len(recipe.loras):
        return "A LoRA is named twice. Add its weights up and name it once."
    return next(filter(None, (lora_fault(lora, recipe.model.base) for lora in recipe.loras)), "")


def lora_fault(lora: LoraChoice, base: str) -> str:
    """Return what is wrong with one LoRA."""
    if lora.model.type != "lora":
        return f"{lora.model.name} is not a LoRA. Choose another."
    if lora.model.base not in {base, "any"}:
        return f"{lora.model.name} belongs to another family of models. Choose another LoRA."
    return number_fault(lora.weight, *LORA_WEIGHTS, "A LoRA’s weight")


def companions_fault(recipe: Recipe) -> str:
    """Return which further models are missing or do not fit, and what to install."""
    model = recipe.model
    wanted = companions_of(model.base, model.variant, model.format)
    for companion in wanted:
        chosen = recipe.companions.get(companion.slot)
        if chosen and not companion.fits(chosen):
            return f"{chosen.name} cannot be used as the {companion.label} of this model. Choose another."
    if recipe.companions.get(SOURCE):
        return ""
    missing = [each for each in wanted if each.is_needed and each.slot not in recipe.companions]
    return missing_sentence(BASES[model.base].name, missing)


def margins_fault(margins: Margins) -> str:
    """Return what is wrong with how far a picture is continued."""
    if margins.is_empty:
        return "Say at which edge the picture shall go on."
    sides = (margins.left, margins.top, margins.right, margins.bottom)
    return next(filter(None, (whole_fault(side, 0, LARGEST_MARGIN, "An edge") for side in sides)), "")


def enlarged_fault(width: int, height: int, factor: float) -> str:
    """Return what is wrong with the size an enlarged picture would have."""
    longest = max(width, height)
    if longest * factor <= LARGEST_RESULT:
        return ""
    if longest > LARGEST_RESULT / 1.1:
        return f"This picture is as large as it can get: {LARGEST_RESULT:,} pixels is the most for a side."
    most = math.floor(LARGEST_RESULT / longest * 10) / 10
    return f"The picture would be wider or higher than {LARGEST_RESULT:,} pixels. The largest factor is {most:g}."


def range_fault(value: object, allowed: Range | None, name: str) -> str:
    """Return what is wrong with a number that a family may not have at all."""
    return number_fault(value, allowed.low, allowed.high, name) if allowed else ""


def source_fault(recipe: Recipe) -> str:
    """Return what is wrong with the picture a request grows from; a part of it is painted at its own size."""
    if recipe.source is None:
        return "Choose the picture to begin with."
    continues = recipe.mode == Mode.OUTPAINT
    if not (continues or recipe.mode == Mode.INPAINT) or (continues and margins_fault(recipe.margins)):
        return ""
    around = recipe.margins if continues else Margins()
    width = recipe.source.width + around.left + around.right
    height = recipe.source.height + around.top + around.bottom
    if max(width, height) <= LARGEST_RESULT:
        return ""
    return f"The picture would be {width:,} × {height:,} pixels. The most for a side is {LARGEST_RESULT:,}."


def strength_fault(strength: object) -> str:
    """Return what is wrong with how far a picture may change: 0 leaves it alone, 1 starts anew."""
    return number_fault(strength, 0, 1, "Strength")


def whole_fault(value: object, low: int, high: int, name: str) -> str:
    """Return what is wrong with a whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        return f"{name} must be a whole number between {low:,} and {high:,}."
    if not low <= value <= high:
        return f"{name} must be between {low:,} and {high:,}. The nearest is {min(max(value, low), high)}."
    return ""


def number_fault(value: object, low: float, high: float, name: str) -> str:
    """Return what is wrong with a number."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        return f"{name} must be a number between {low:g} and {high:g}."
    if not low <= value <= high:
        return f"{name} must be between {low:g} and {high:g}. The nearest is {min(max(value, low), high):g}."
    return ""
