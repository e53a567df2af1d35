"""What every parser finds, in the same words."""

import math
from dataclasses import dataclass, field
from typing import Any

from photos.metadata.text import clean

PROMPT_LIMIT = 20_000
NAME_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Generation:
    """How a picture was made.

    ``params`` speaks one language whatever the generator: seed, steps, cfg_scale, scheduler, width, height, strength,
    clip_skip, model, vae, loras and so on; only what is known is in it.
    """

    generator: str
    prompt: str = ""
    negative_prompt: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    model_key: str = ""
    model_name: str = ""


def text(value: object, limit: int = NAME_LIMIT) -> str:
    """Return a clean text, empty for anything that is none."""
    return clean(value, limit=limit) if isinstance(value, str) else ""


def prompt(value: object) -> str:
    """Return a prompt, empty for anything that is no text."""
    return text(value, PROMPT_LIMIT).strip()


def number(value: object) -> int | float | None:
    """Return a number, also one written as text; None for anything else."""
    if isinstance(value, str):
        value = _number_in(value.strip()[:40])
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) < 2**64 and math.isfinite(value) else None


def present(values: dict[str, Any]) -> dict[str, Any]:
    """Return what is known: neither None nor empty."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _number_in(digits: str) -> int | float | None:
    for kind in (int, float):
        try:
            return kind(digits)
        except ValueError:
            continue
    return None
