"""What InvokeAI accepts, checked by us: a bad seed in a batch would block its queue for everybody.

Each rule answers with a sentence that names the rule and the nearest value that keeps it.
"""

import math
from collections.abc import Iterator

from generation.bases import BASES
from generation.recipes import LARGEST_SEED, Recipe
from generation.shapes import nearest

SMALLEST_SIDE = 64
LARGEST_SIDE = 2048
MOST_STEPS = 500
LARGEST_CFG_SCALE = 99.99
MOST_CLIP_SKIP = 12
MOST_PICTURES = 64
LONGEST_PROMPT = 20_000
VAE_PRECISIONS = ("fp32", "fp16")

SCHEDULERS = (
    "ddim", "ddpm", "deis", "deis_k", "lms", "lms_k", "pndm", "heun", "heun_k", "euler", "euler_k", "euler_a",
    "kdpm_2", "kdpm_2_k", "kdpm_2_a", "kdpm_2_a_k", "dpmpp_2s", "dpmpp_2s_k", "dpmpp_2m", "dpmpp_2m_k",
    "dpmpp_2m_sde", "dpmpp_2m_sde_k", "dpmpp_3m", "dpmpp_3m_k", "dpmpp_sde", "dpmpp_sde_k", "unipc", "unipc_k",
    "lcm", "tcd",
)  # fmt: skip
# Named by InvokeAI only from this version on.
NEWER_SCHEDULERS = {"er_sde": (6, 13)}


def schedulers(version: tuple[int, int] | None = None) -> tuple[str, ...]:
    """Return the names a server of this version knows; without a version, those every server knows."""
    newer = tuple(name for name, since in NEWER_SCHEDULERS.items() if version and version >= since)
    return tuple(sorted(SCHEDULERS + newer))


def problems(recipe: Recipe, *, version: tuple[int, int] | None = None) -> dict[str, str]:
    """Return what is wrong with a recipe: a sentence by field name, empty when it may be sent.

    Args:
        recipe: anything, even with values of a wrong type.
        version: of the server, major and minor, when it is known.
    """
    return dict(_faults(recipe, version))


def _faults(recipe: Recipe, version: tuple[int, int] | None) -> Iterator[tuple[str, str]]:
    checks = {
        "prompt": prompt_fault(recipe.prompt) or each_prompt_fault(recipe.prompts, recipe.batch_size),
        "negative_prompt": prompt_fault(recipe.negative_prompt)
        or each_prompt_fault(recipe.negative_prompts, recipe.batch_size),
        "model": model_fault(recipe.model.base, recipe.model.type),
        "width": side_fault(recipe.width, recipe.model.base),
        "height": side_fault(recipe.height, recipe.model.base),
        "steps": whole_fault(recipe.steps, 1, MOST_STEPS, "Steps"),
        "cfg_scale": number_fault(recipe.cfg_scale, 1, LARGEST_CFG_SCALE, "CFG scale"),
        "cfg_rescale_multiplier": number_fault(recipe.cfg_rescale_multiplier, 0, 0.99, "CFG rescale"),
        "scheduler": scheduler_fault(recipe.scheduler, version),
        "clip_skip": whole_fault(recipe.clip_skip, 0, MOST_CLIP_SKIP, "CLIP skip"),
        "seeds": seeds_fault(recipe.seeds),
        "vae": vae_fault(recipe),
        "vae_precision": "" if recipe.vae_precision in VAE_PRECISIONS else "VAE precision is fp32 or fp16.",
    }
    return ((name, fault) for name, fault in checks.items() if fault)


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
            f"The gallery cannot make pictures with {base or 'unknown'} models yet. Choose an SD-1, SD-2 or SDXL model."
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


def scheduler_fault(name: object, version: tuple[int, int] | None = None) -> str:
    """Return what is wrong with a scheduler's name."""
    if name in NEWER_SCHEDULERS and name not in schedulers(version):
        return f"This InvokeAI does not know {name} yet. Choose another scheduler, such as euler."
    return "" if name in schedulers(version) else "InvokeAI has no scheduler of this name. Choose one of the list."


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
