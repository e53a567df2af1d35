"""What each family of models is like: its sizes, and what may be asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generation.choices import Mode
from generation.recipes import companions as known
from generation.recipes.companions import Companion

SCHEDULERS = (
    "ddim", "ddpm", "deis", "deis_k", "lms", "lms_k", "pndm", "heun", "heun_k", "euler", "euler_k", "euler_a",
    "kdpm_2", "kdpm_2_k", "kdpm_2_a", "kdpm_2_a_k", "dpmpp_2s", "dpmpp_2s_k", "dpmpp_2m", "dpmpp_2m_k",
    "dpmpp_2m_sde", "dpmpp_2m_sde_k", "dpmpp_3m", "dpmpp_3m_k", "dpmpp_sde", "dpmpp_sde_k", "unipc", "unipc_k",
    "lcm", "tcd",
)  # fmt: skip
# Named by InvokeAI only from this version on, in the families that know every scheduler.
NEWER_SCHEDULERS = {"er_sde": (6, 13)}
# Likewise of an ``Offers``' parameters: servers of before leave them out without a word.
NEWER_PARAMETERS = {"color_compensation": (6, 10), "hidiffusion": (6, 14)}
FLOW_SCHEDULERS = ("euler", "heun", "lcm")
ANIMA_SCHEDULERS = ("euler", "heun", "dpmpp_2m", "dpmpp_2m_sde", "er_sde", "lcm")

PAINTING = (Mode.TXT2IMG, Mode.IMG2IMG, Mode.INPAINT, Mode.OUTPAINT)
FILLING = (Mode.INPAINT, Mode.OUTPAINT)


@dataclass(frozen=True, slots=True)
class Range:
    """The values a number may have, and the usual one."""

    low: float
    high: float
    default: float


def steps(default: int, *, low: int = 1, high: int = 500) -> Range:
    """Return the range of steps."""
    return Range(low, high, default)


def scale(default: float) -> Range:
    """Return the range of the CFG scale; 1 is none."""
    return Range(1, 99.99, default)


@dataclass(frozen=True, slots=True)
class Offers:
    """What may be asked of a model. Enlarging needs no model of a family and is not listed.

    Attributes:
        modes: what its pictures can grow from.
        steps: how many.
        cfg_scale: how closely it keeps to the words; None when that is built in.
        guidance: a second scale, of models that were taught one; None when there is none.
        schedulers: empty when there is nothing to choose.
        parameters: further fields of a recipe that have a meaning: "negative_prompt", "vae", "vae_precision",
            "clip_skip", "cfg_rescale_multiplier", "seamless", "loras", "refiner", "gpu_noise",
            "color_compensation", "hidiffusion".
        companions: models it cannot work without, or may use in place of its own.
    """

    steps: Range
    cfg_scale: Range | None = None
    guidance: Range | None = None
    modes: tuple[Mode, ...] = PAINTING
    schedulers: tuple[str, ...] = ()
    parameters: frozenset[str] = frozenset()
    companions: tuple[Companion, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """One family of models.

    Attributes:
        name: as people write it.
        side: the side of the square it was trained on, in pixels.
        multiple: what width and height must be a multiple of.
        prefix: of the words InvokeAI's metadata has for its modes.
        offers: what may be asked of its usual model.
        variants: what is otherwise, by InvokeAI's word for the variant.
        complete: the formats of a model file that bring all companions along.
    """

    name: str
    side: int
    offers: Offers
    multiple: int = 8
    prefix: str = ""
    variants: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    complete: frozenset[str] = frozenset()


SD = Offers(
    steps=steps(30),
    cfg_scale=scale(7.5),
    schedulers=SCHEDULERS,
    parameters=frozenset(
        {
            "negative_prompt",
            "vae",
            "vae_precision",
            "clip_skip",
            "cfg_rescale_multiplier",
            "seamless",
            "loras",
            "gpu_noise",
            "hidiffusion",
        }
    ),
)
SDXL = replace(SD, parameters=SD.parameters - {"clip_skip"} | {"refiner", "color_compensation"})
REFINER = "sdxl-refiner"
LORAS = frozenset({"loras"})
NEGATIVE = frozenset({"negative_prompt"})
DIFFUSERS = frozenset({"diffusers"})
PIPELINES = frozenset({"diffusers", "sdnq_quantized"})
# A depth model wants a map of distances, which the gallery does not have.
NO_DEPTH: Mapping[str, Mapping[str, Any]] = {"depth": {"modes": ()}}

BASES = {
    "sd-1": Base("SD-1", 512, SD, variants=NO_DEPTH),
    "sd-2": Base("SD-2", 768, SD, variants=NO_DEPTH),
    "sdxl": Base("SDXL", 1024, SDXL, prefix="sdxl_", variants=NO_DEPTH),
    "flux": Base(
        "FLUX",
        1024,
        Offers(
            steps=steps(28),
            guidance=Range(1, 100, 4),
            schedulers=FLOW_SCHEDULERS,
            parameters=LORAS,
            companions=(known.T5, known.CLIP_EMBED, known.FLUX_VAE),
        ),
        multiple=16,
        prefix="flux_",
        variants={
            "schnell": {"steps": steps(4), "guidance": None},
            "dev_fill": {"modes": FILLING, "guidance": Range(1, 100, 30)},
        },
        complete=frozenset({"sdnq_quantized"}),
    ),
    "sd-3": Base(
        "SD-3",
        1024,
        Offers(
            steps=steps(28),
            cfg_scale=scale(3.5),
            parameters=NEGATIVE,
            companions=(known.CLIP_L, known.CLIP_G, known.T5_OPTIONAL),
        ),
        multiple=16,
        prefix="sd3_",
        complete=DIFFUSERS,
    ),
    "cogview4": Base(
        "CogView4",
        1024,
        Offers(steps=steps(25), cfg_scale=scale(3.5), parameters=NEGATIVE),
        multiple=32,
        prefix="cogview4_",
    ),
    "z-image": Base(
        "Z-Image",
        1024,
        Offers(
            steps=steps(9),
            cfg_scale=scale(1),
            schedulers=FLOW_SCHEDULERS,
            parameters=LORAS | NEGATIVE,
            companions=(known.FLUX_VAE, known.QWEN3),
        ),
        multiple=16,
        prefix="z_image_",
        variants={"zbase": {"steps": steps(50), "cfg_scale": scale(4)}},
        complete=PIPELINES,
    ),
    "flux2": Base(
        "FLUX.2",
        1024,
        Offers(
            steps=steps(4), schedulers=FLOW_SCHEDULERS, parameters=LORAS, companions=(known.FLUX2_VAE, known.QWEN3_4B)
        ),
        multiple=16,
        prefix="flux2_",
        variants={
            "klein_4b_base": {"steps": steps(28)},
            "klein_9b": {"companions": (known.FLUX2_VAE, known.QWEN3_8B)},
            "klein_9b_base": {"steps": steps(28), "companions": (known.FLUX2_VAE, known.QWEN3_8B)},
            "dev": {"steps": steps(28), "guidance": Range(1, 20, 3.5), "companions": (known.FLUX2_VAE, known.MISTRAL)},
        },
        complete=PIPELINES,
    ),
    "qwen-image": Base(
        "Qwen-Image",
        1024,
        Offers(
            steps=steps(40),
            cfg_scale=scale(4),
            parameters=LORAS | NEGATIVE,
            companions=(known.QWEN_VAE, known.QWEN_VL),
        ),
        multiple=16,
        prefix="qwen_image_",
        complete=PIPELINES,
    ),
    "anima": Base(
        "Anima",
        1024,
        Offers(
            steps=steps(35),
            cfg_scale=scale(4.5),
            schedulers=ANIMA_SCHEDULERS,
            parameters=LORAS | NEGATIVE,
            companions=(known.ANIMA_VAE, known.QWEN3_06B),
        ),
        prefix="anima_",
    ),
    "krea-2": Base(
        "Krea 2",
        1024,
        Offers(
            steps=steps(8),
            cfg_scale=scale(1),
            parameters=LORAS | NEGATIVE,
            companions=(known.QWEN_VAE, known.QWEN3_VL),
        ),
        multiple=16,
        prefix="krea2_",
        variants={"krea2_base": {"steps": steps(28), "cfg_scale": scale(5.5)}},
        complete=PIPELINES,
    ),
    "ernie-image": Base(
        "ERNIE-Image",
        1024,
        Offers(
            steps=steps(50),
            cfg_scale=scale(4),
            modes=(Mode.TXT2IMG,),
            schedulers=FLOW_SCHEDULERS,
            parameters=NEGATIVE,
        ),
        multiple=16,
        prefix="ernie_image_",
    ),
    "ideogram-4": Base(
        "Ideogram 4",
        1024,
        Offers(steps=steps(48, low=2, high=100), cfg_scale=Range(1, 20, 7), modes=(Mode.TXT2IMG,)),
        multiple=16,
        prefix="ideogram4_",
    ),
    "wan": Base(
        "Wan",
        1024,
        Offers(
            steps=steps(40),
            cfg_scale=scale(4),
            parameters=LORAS | NEGATIVE,
            companions=(known.WAN_VAE, known.WAN_T5),
        ),
        multiple=16,
        prefix="wan_",
        variants={
            "ti2v_5b": {
                "steps": steps(30),
                "cfg_scale": scale(5),
                "companions": (known.WAN_5B_VAE, known.WAN_T5),
            },
            "i2v_a14b": {"modes": ()},
        },
        complete=DIFFUSERS,
    ),
}


def offers_of(base: str, variant: str = "") -> Offers | None:
    """Return what may be asked of a model; None for a family without graphs."""
    family = BASES.get(base)
    return replace(family.offers, **family.variants.get(variant, {})) if family else None


def companions_of(base: str, variant: str = "", format: str = "") -> tuple[Companion, ...]:  # noqa: A002 the model's word
    """Return the companions a model needs or may use; none of them is needed when its files bring them along."""
    family, offers = BASES.get(base), offers_of(base, variant)
    if family is None or offers is None:
        return ()
    if format in family.complete:
        return tuple(replace(companion, is_needed=False) for companion in offers.companions)
    return offers.companions
