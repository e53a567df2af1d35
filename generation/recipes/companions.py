"""The models a main model cannot work without: which they are, which of those at hand fit, and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar


class Installed(Protocol):
    """A model as the catalogue, a server's answer or a recipe has it."""

    @property
    def key(self) -> str:
        """InvokeAI's name of it, another on each server."""

    @property
    def hash(self) -> str:
        """The same on each server."""

    @property
    def name(self) -> str:
        """For people."""

    @property
    def base(self) -> str:
        """Its family."""

    @property
    def type(self) -> str:
        """What it is for."""

    @property
    def format(self) -> str:
        """Of its file."""

    @property
    def variant(self) -> str | None:
        """Which of several it is."""


M = TypeVar("M", bound=Installed)


@dataclass(frozen=True, slots=True)
class Companion:
    """A further model.

    Attributes:
        slot: its key in ``Recipe.companions``; InvokeAI's loaders call their field ``<slot>_model``.
        label: as people write it.
        type: InvokeAI's word for what it is.
        bases: the families it may belong to; empty for any.
        variants: those that fit; empty for any.
        starter: one of InvokeAI's starter models, to install when there is none.
        is_needed: False when a model may go without.
    """

    slot: str
    label: str
    type: str
    bases: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    starter: str = ""
    is_needed: bool = True

    def fits(self, model: Installed) -> bool:
        """Tell whether a model can take this place."""
        return (
            model.type == self.type
            and (not self.bases or model.base in self.bases)
            and (not self.variants or (model.variant or "") in self.variants)
        )

    def among(self, models: Iterable[M]) -> list[M]:
        """Return those that fit, in their order."""
        return [model for model in models if self.fits(model)]


T5 = Companion("t5_encoder", "T5 encoder", "t5_encoder", starter="t5_bnb_int8_quantized_encoder")
T5_OPTIONAL = replace(T5, is_needed=False)
CLIP_EMBED = Companion(
    "clip_embed", "CLIP encoder", "clip_embed", variants=("large",), starter="clip-vit-large-patch14"
)
CLIP_L = replace(CLIP_EMBED, slot="clip_l", label="CLIP-L encoder")
CLIP_G = Companion("clip_g", "CLIP-G encoder", "clip_embed", variants=("gigantic",))
QWEN3 = Companion(
    "qwen3_encoder",
    "Qwen3 4B encoder",
    "qwen3_encoder",
    variants=("qwen3_4b",),
    starter="Z-Image Qwen3 Text Encoder (quantized)",
)
QWEN3_4B = replace(QWEN3, starter="FLUX.2 Klein Qwen3 4B Encoder")
QWEN3_8B = replace(QWEN3, label="Qwen3 8B encoder", variants=("qwen3_8b",), starter="FLUX.2 Klein Qwen3 8B Encoder")
QWEN3_06B = replace(QWEN3, label="Qwen3 0.6B encoder", variants=("qwen3_06b",), starter="Anima Qwen3 0.6B Text Encoder")
QWEN_VL = Companion(
    "qwen_vl_encoder", "Qwen2.5-VL encoder", "qwen_vl_encoder", starter="Qwen2.5-VL Encoder (fp8 scaled)"
)
QWEN3_VL = Companion(
    "qwen3_vl_encoder", "Qwen3-VL encoder", "qwen3_vl_encoder", starter="Qwen3-VL 4B Encoder (Diffusers)"
)
MISTRAL = Companion(
    "mistral_encoder", "Mistral encoder", "mistral_encoder", starter="FLUX.2 [dev] cow Mistral Encoder (GGUF Q4)"
)
WAN_T5 = Companion("wan_t5_encoder", "UMT5-XXL encoder", "wan_t5_encoder", starter="Wan T5 Encoder (UMT5-XXL)")
FLUX_VAE = Companion("vae", "FLUX VAE", "vae", bases=("flux",), starter="FLUX.1-schnell_ae")
FLUX2_VAE = replace(FLUX_VAE, label="FLUX.2 VAE", bases=("flux2",), starter="FLUX.2 VAE")
QWEN_VAE = replace(FLUX_VAE, label="Qwen-Image VAE", bases=("qwen-image",), starter="Qwen Image VAE")
ANIMA_VAE = replace(FLUX_VAE, label="Anima VAE", bases=("anima",), starter="Anima QwenImage VAE")
WAN_VAE = replace(FLUX_VAE, label="Wan VAE", bases=("wan",), starter="Wan 2.2 A14B VAE")
WAN_5B_VAE = replace(WAN_VAE, starter="Wan 2.2 TI2V-5B VAE")


def missing_sentence(family: str, missing: Sequence[Companion]) -> str:
    """Return what the owner has to install before a model of this family can work; empty when nothing is missing."""
    if not missing:
        return ""
    labels = _listed([f"a {companion.label}" for companion in missing])
    starters = _listed([f"“{companion.starter}”" for companion in missing if companion.starter])
    tip = f" (its starter models have {starters})" if starters else ""
    return f"This {family} model needs {labels} besides. Install it in InvokeAI{tip}, then read the catalogue anew."


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
