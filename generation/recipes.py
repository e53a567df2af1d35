"""What the owner asked for, with everything resolved: enough to make the same pictures again."""

import random
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

LARGEST_SEED = 2**32 - 1
# How the words came about: told of the whole step, not of each picture.
WORDING = (
    "template", "template_negative", "template_id", "template_name", "template_values", "written", "written_negative",
    "wildcard_seed", "prompts", "negative_prompts",
)  # fmt: skip
LISTS = ("seeds", "prompts", "negative_prompts")


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model as InvokeAI names it. All five are kept: the key is new at every re-install, the hash is not."""

    key: str
    hash: str
    name: str
    base: str
    type: str = "main"

    def as_json(self) -> dict[str, str]:
        """Return the five keys a graph needs."""
        return asdict(self)

    @classmethod
    def from_json(cls, source: dict[str, Any]) -> Self:
        """Read what ``as_json`` wrote, and ignore what else is there."""
        return cls(
            key=str(source["key"]),
            hash=str(source.get("hash", "")),
            name=str(source.get("name", "")),
            base=str(source.get("base", "")),
            type=str(source.get("type", "main")),
        )


@dataclass(frozen=True, slots=True)
class Recipe:
    """One request for pictures, free of chance.

    Attributes:
        prompt: the words sent, templates resolved; of the first picture, where each has its own.
        width: in pixels.
        height: in pixels.
        seeds: one for each picture wanted, 0 to 2³²−1.
        vae: a separate VAE; None means the one inside the model.
        vae_precision: "fp32" or "fp16".
        template: the text of the template that was filled in, as it was then; ``template_negative`` is its other one.
        template_values: what its own variables stood for, by name.
        written: what was asked for, when choices in it were resolved or a template was put around it.
        wildcard_seed: what the choices were drawn with; None when there was nothing to draw.
        prompts: one for each seed, when choices make them differ; empty when ``prompt`` holds for all.
        negative_prompts: likewise.
        backend_version: of the InvokeAI that took it; empty until then.
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

    @property
    def batch_size(self) -> int:
        """How many pictures it asks for."""
        return len(self.seeds)

    def to_parameters(self) -> dict[str, Any]:
        """Return it as plain data for ``GenerationStep.parameters``."""
        lists = {name: list(getattr(self, name)) for name in LISTS}
        return {**asdict(self), **lists, "generation_mode": "txt2img", "backend": "InvokeAI"}

    def parameters_of(self, seed: int | None) -> dict[str, Any]:
        """Return what is known of the one picture made with ``seed``."""
        every = {key: value for key, value in self.to_parameters().items() if key not in {"seeds", *WORDING}}
        return every if seed is None else {**every, "seed": seed}

    @classmethod
    def from_parameters(cls, parameters: dict[str, Any]) -> Self:
        """Read what ``to_parameters`` wrote; keys that are unknown here are ignored.

        Raises:
            KeyError: something without a default is missing.
        """
        known = {name: parameters[name] for name in cls.__dataclass_fields__ if name in parameters}
        vae = known.get("vae")
        return cls(
            **{
                **known,
                "model": ModelChoice.from_json(parameters["model"]),
                "vae": ModelChoice.from_json(vae) if vae else None,
                "seeds": tuple(parameters["seeds"]),
                **{name: tuple(known[name]) for name in LISTS if name in known},
            }
        )

    def words_of(self, seed: int | None) -> tuple[str, str]:
        """Return prompt and negative prompt of the picture made with ``seed``."""
        place = self.seeds.index(seed) if seed in self.seeds else 0
        return (
            self.prompts[place] if self.prompts else self.prompt,
            self.negative_prompts[place] if self.negative_prompts else self.negative_prompt,
        )

    def with_models(self, model: ModelChoice, vae: ModelChoice | None) -> Self:
        """Return the same recipe for a server that knows the models by other keys."""
        return replace(self, model=model, vae=vae)


def draw_seeds(count: int, *, first: int | None = None) -> tuple[int, ...]:
    """Return ``count`` seeds: at random and all different, or counting up from ``first`` and round the end."""
    if first is None:
        return tuple(random.sample(range(LARGEST_SEED + 1), count))
    return tuple((first + number) % (LARGEST_SEED + 1) for number in range(count))
