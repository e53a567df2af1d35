"""What the owner asked for, with everything resolved: enough to make the same pictures again."""

import random
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

LARGEST_SEED = 2**32 - 1


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
        prompt: the words sent, templates resolved.
        width: in pixels.
        height: in pixels.
        seeds: one for each picture wanted, 0 to 2³²−1.
        vae: a separate VAE; None means the one inside the model.
        vae_precision: "fp32" or "fp16".
        template: the words before a template was filled in, when one was.
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
    backend_version: str = ""

    @property
    def batch_size(self) -> int:
        """How many pictures it asks for."""
        return len(self.seeds)

    def to_parameters(self) -> dict[str, Any]:
        """Return it as plain data for ``GenerationStep.parameters``."""
        return {**asdict(self), "seeds": list(self.seeds), "generation_mode": "txt2img", "backend": "InvokeAI"}

    def parameters_of(self, seed: int | None) -> dict[str, Any]:
        """Return what is known of the one picture made with ``seed``."""
        every = {key: value for key, value in self.to_parameters().items() if key not in {"seeds", "template"}}
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
            }
        )

    def with_models(self, model: ModelChoice, vae: ModelChoice | None) -> Self:
        """Return the same recipe for a server that knows the models by other keys."""
        return replace(self, model=model, vae=vae)


def draw_seeds(count: int, *, first: int | None = None) -> tuple[int, ...]:
    """Return ``count`` seeds: at random and all different, or counting up from ``first`` and round the end."""
    if first is None:
        return tuple(random.sample(range(LARGEST_SEED + 1), count))
    return tuple((first + number) % (LARGEST_SEED + 1) for number in range(count))
