"""What the owner asked for, with everything resolved: enough to make the same pictures again."""

import random
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from generation.choices import Mode
from generation.recipes.bases import BASES, Offers, offers_of
from generation.recipes.companions import Installed

LARGEST_SEED = 2**32 - 1
# How the words came about: told of the whole step, not of each picture.
WORDING = (
    "template", "template_negative", "template_id", "template_name", "template_values", "written", "written_negative",
    "wildcard_seed", "prompts", "negative_prompts",
)  # fmt: skip
LISTS = ("seeds", "prompts", "negative_prompts")


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model as InvokeAI names it. All five are kept: the key is new at every re-install, the hash is not.

    Attributes:
        format: of its file, which tells whether it brings its companions along; empty when unknown.
        variant: InvokeAI's word for which of several it is; empty when unknown.
    """

    key: str
    hash: str
    name: str
    base: str
    type: str = "main"
    format: str = ""
    variant: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the five keys a graph needs."""
        return {"key": self.key, "hash": self.hash, "name": self.name, "base": self.base, "type": self.type}

    @classmethod
    def from_json(cls, source: dict[str, Any]) -> Self:
        """Read what a graph or a stored recipe holds, and ignore what else is there."""
        return cls(
            key=str(source["key"]),
            hash=str(source.get("hash", "")),
            name=str(source.get("name", "")),
            base=str(source.get("base", "")),
            type=str(source.get("type", "main")),
            format=str(source.get("format") or ""),
            variant=str(source.get("variant") or ""),
        )

    @classmethod
    def of(cls, model: Installed) -> Self:
        """Return a model of the catalogue, or of a server's answer."""
        return cls(model.key, model.hash, model.name, model.base, model.type, model.format, model.variant or "")


@dataclass(frozen=True, slots=True)
class LoraChoice:
    """A LoRA and how strongly it is used: 1 is as it was trained, 0 not at all."""

    model: ModelChoice
    weight: float = 0.75

    @classmethod
    def from_json(cls, source: dict[str, Any]) -> Self:
        """Read what a stored recipe holds."""
        return cls(ModelChoice.from_json(source["model"]), source["weight"])


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """The picture a request grows from.

    Attributes:
        photo: the id of the photo here.
        width: in pixels, as it is looked at: turned upright.
        height: likewise.
    """

    photo: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Margins:
    """How far a picture is continued beyond its edges, in its own pixels."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is added."""
        return not any((self.left, self.top, self.right, self.bottom))


@dataclass(frozen=True, slots=True)
class Recipe:
    """One request for pictures, free of chance.

    Attributes:
        prompt: the words sent, templates resolved; of the first picture, where each has its own.
        model: when a picture is only made larger, the upscale model.
        width: in pixels, of what the model works at. An inpainted picture gets its source's size in the end, a
            continued one that of its source with the margins, a larger one its own.
        height: likewise.
        seeds: one for each picture wanted, 0 to 2³²−1.
        vae: a separate VAE for SD and SDXL; None means the one inside the model. Other families: ``companions``.
        vae_precision: "fp32" or "fp16".
        template: the text of the template that was filled in, as it was then; ``template_negative`` is its other one.
        template_values: what its own variables stood for, by name.
        written: what was asked for, when choices in it were resolved or a template was put around it.
        wildcard_seed: what the choices were drawn with; None when there was nothing to draw.
        prompts: one for each seed, when choices make them differ; empty when ``prompt`` holds for all.
        negative_prompts: likewise.
        backend_version: of the InvokeAI that took it; empty until then.
        mode: one of ``choices.Mode``.
        source: the picture it grows from, in every mode but "txt2img".
        strength: how far that picture may change: 0 leaves it alone, 1 starts anew.
        mask: for "inpaint", the name in storage of a PNG as large as the source: white may change, black stays.
        mask_blur: how far the change fades out beyond the mask, in pixels.
        coherence_mode: how the edge of the mask is softened while painting: one of ``rules.COHERENCE_MODES``.
        coherence_edge: how wide, in pixels.
        coherence_min_denoise: how much is changed at least within that edge, 0 to 1.
        margins: for "outpaint".
        loras: in the order of use.
        seamless_x: whether the left edge goes on at the right.
        seamless_y: whether the top edge goes on at the bottom.
        guidance: of the families whose ``bases.Offers`` have it; None means the usual.
        companions: further models by their slot, such as "t5_encoder".
        upscale_model: for "upscale"; the same as ``model`` then.
        upscale_factor: for "upscale": how many times as wide and high.
        gpu_noise: whether an SD or SDXL model begins with noise made on the GPU, which another GPU makes otherwise.
        color_compensation: whether a picture is brightened a hair before SDXL reads it, against the drift of its VAE.
        hidiffusion: whether an SD or SDXL model is kept from repeating itself in pictures larger than it was made for.
        refiner_model: a second model for the last part of the way, of SDXL; None means the first does all of it.
        refiner_start: where on the way it takes over, 0 to 1.
        refiner_steps: as for the first model, as are its ``refiner_cfg_scale`` and ``refiner_scheduler``.
        refiner_positive_aesthetic_score: how beautiful a picture the words shall stand for, 1 to 10.
        refiner_negative_aesthetic_score: likewise for the negative words.
    """

    prompt: str = field(repr=False)
    model: ModelChoice
    width: int
    height: int
    seeds: tuple[int, ...]
    negative_prompt: str = field(default="", repr=False)
    steps: int = 30
    cfg_scale: float = 7.5
    scheduler: str = "euler"
    cfg_rescale_multiplier: float = 0.0
    clip_skip: int = 0
    vae: ModelChoice | None = None
    vae_precision: str = "fp32"
    template: str = field(default="", repr=False)
    template_negative: str = field(default="", repr=False)
    template_id: str = ""
    template_name: str = ""
    template_values: dict[str, str] = field(default_factory=dict, repr=False)
    written: str = field(default="", repr=False)
    written_negative: str = field(default="", repr=False)
    wildcard_seed: int | None = None
    prompts: tuple[str, ...] = field(default=(), repr=False)
    negative_prompts: tuple[str, ...] = field(default=(), repr=False)
    backend_version: str = ""
    mode: str = Mode.TXT2IMG.value
    source: SourcePicture | None = None
    strength: float = 1.0
    mask: str = ""
    mask_blur: int = 16
    coherence_mode: str = "Gaussian Blur"
    coherence_edge: int = 16
    coherence_min_denoise: float = 0.0
    margins: Margins = Margins()
    loras: tuple[LoraChoice, ...] = ()
    seamless_x: bool = False
    seamless_y: bool = False
    guidance: float | None = None
    companions: dict[str, ModelChoice] = field(default_factory=dict)
    upscale_model: ModelChoice | None = None
    upscale_factor: float = 2.0
    gpu_noise: bool = False
    color_compensation: bool = False
    hidiffusion: bool = False
    refiner_model: ModelChoice | None = None
    refiner_start: float = 0.8
    refiner_steps: int = 20
    refiner_cfg_scale: float = 7.5
    refiner_scheduler: str = "euler"
    refiner_positive_aesthetic_score: float = 6.0
    refiner_negative_aesthetic_score: float = 2.5

    @property
    def batch_size(self) -> int:
        """How many pictures it asks for."""
        return len(self.seeds)

    @property
    def generation_mode(self) -> str:
        """InvokeAI's word for the mode, such as "sdxl_img2img"."""
        family = BASES.get(self.model.base)
        return self.mode if self.mode == Mode.UPSCALE or family is None else f"{family.prefix}{self.mode}"

    def to_parameters(self) -> dict[str, Any]:
        """Return it as plain data for ``GenerationStep.parameters``, without what says nothing in its mode."""
        lists = {name: list(getattr(self, name)) for name in LISTS}
        every = {**asdict(self), **lists, "loras": [asdict(lora) for lora in self.loras]}
        idle = {name for name, value in _IDLE.items() if getattr(self, name) == value} | self._meaningless()
        kept = {name: value for name, value in every.items() if name not in idle}
        return {**kept, "generation_mode": self.generation_mode, "backend": "InvokeAI"}

    def _meaningless(self) -> set[str]:
        """Return what only another mode looks at, or only a refiner."""
        fields = {*MASK_FIELDS, "margins", "upscale_factor", *(set() if self.refiner_model else REFINER_FIELDS)}
        if self.mode in {Mode.INPAINT, Mode.OUTPAINT}:
            return fields - MASK_FIELDS - ({"margins"} if self.mode == Mode.OUTPAINT else set())
        return fields - {"upscale_factor"} if self.mode == Mode.UPSCALE else fields

    def parameters_of(self, seed: int | None) -> dict[str, Any]:
        """Return what is known of the one picture made with ``seed``."""
        left_out = {"seeds", *WORDING, *self._unused()}
        every = {key: value for key, value in self.to_parameters().items() if key not in left_out}
        return every if seed is None else {**every, "seed": seed}

    def _unused(self) -> set[str]:
        """Return the settings that had no part in the picture, though a recipe always has them."""
        offers = offers_of(self.model.base, self.model.variant)
        if self.mode == Mode.UPSCALE:
            return {*SETTINGS, "steps", "strength", "width", "height"}
        if offers is None:
            return set()
        known = {*offers.parameters, *(name for name in ("cfg_scale", "scheduler") if OFFERED[name](offers))}
        return SETTINGS - known | ({"color_compensation"} if self.mode == Mode.TXT2IMG else set())

    @classmethod
    def from_parameters(cls, parameters: dict[str, Any]) -> Self:
        """Read what ``to_parameters`` wrote; keys that are unknown here are ignored.

        Raises:
            KeyError: something without a default is missing.
        """
        known = {name: parameters[name] for name in cls.__dataclass_fields__ if name in parameters}
        read = {name: _READERS[name](value) for name, value in known.items() if name in _READERS and value is not None}
        return cls(**{**known, **read, "model": ModelChoice.from_json(parameters["model"])})

    def words_of(self, seed: int | None) -> tuple[str, str]:
        """Return prompt and negative prompt of the picture made with ``seed``."""
        place = self.seeds.index(seed) if seed in self.seeds else 0
        return (
            self.prompts[place] if self.prompts else self.prompt,
            self.negative_prompts[place] if self.negative_prompts else self.negative_prompt,
        )

    def with_models(self, change: Callable[[ModelChoice], ModelChoice]) -> Self:
        """Return the same recipe for a server that knows the models by other keys."""
        return replace(
            self,
            model=change(self.model),
            vae=change(self.vae) if self.vae else None,
            loras=tuple(replace(lora, model=change(lora.model)) for lora in self.loras),
            companions={slot: change(model) for slot, model in self.companions.items()},
            upscale_model=change(self.upscale_model) if self.upscale_model else None,
            refiner_model=change(self.refiner_model) if self.refiner_model else None,
        )


SETTINGS = {"cfg_scale", "scheduler", "cfg_rescale_multiplier", "clip_skip", "vae", "vae_precision"}
OFFERED: dict[str, Callable[[Offers], object]] = {
    "cfg_scale": lambda offers: offers.cfg_scale,
    "scheduler": lambda offers: offers.schedulers,
}
REFINER_NUMBERS = (
    "refiner_start", "refiner_steps", "refiner_cfg_scale", "refiner_positive_aesthetic_score",
    "refiner_negative_aesthetic_score",
)  # fmt: skip
REFINER_FIELDS = {"refiner_model", "refiner_scheduler", *REFINER_NUMBERS}
MASK_FIELDS = {"mask", "mask_blur", "coherence_mode", "coherence_edge", "coherence_min_denoise"}
_IDLE: dict[str, Any] = {
    "source": None, "strength": 1.0, "loras": (), "seamless_x": False, "seamless_y": False, "guidance": None,
    "companions": {}, "upscale_model": None, "gpu_noise": False, "color_compensation": False,
    "hidiffusion": False,
}  # fmt: skip
_READERS: dict[str, Callable[[Any], Any]] = {
    "vae": ModelChoice.from_json,
    "upscale_model": ModelChoice.from_json,
    "refiner_model": ModelChoice.from_json,
    "seeds": tuple,
    "prompts": tuple,
    "negative_prompts": tuple,
    "source": lambda source: SourcePicture(source["photo"], source["width"], source["height"]),
    "margins": lambda margins: Margins(**margins),
    "loras": lambda loras: tuple(map(LoraChoice.from_json, loras)),
    "companions": lambda found: {slot: ModelChoice.from_json(model) for slot, model in found.items()},
}


def draw_seeds(count: int, *, first: int | None = None) -> tuple[int, ...]:
    """Return ``count`` seeds: at random and all different, or counting up from ``first`` and round the end."""
    if first is None:
        return tuple(random.sample(range(LARGEST_SEED + 1), count))
    return tuple((first + number) % (LARGEST_SEED + 1) for number in range(count))
