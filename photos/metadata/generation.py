"""What every parser finds, in the same words."""

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from photos.metadata.names import model_name
from photos.metadata.text import clean

PROMPT_LIMIT = 20_000
NAME_LIMIT = 300
OTHER_LIMIT = 2_000
MOST_OTHERS = 60
MOST_LORAS = 50
# Above it a browser and SQLite's JSON round whole numbers.
EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Generation:
    """How a picture was made.

    ``params`` speaks one language whatever the generator; only what is known is in it: ``seed`` (a text of digits
    above 2**53), ``steps``, ``cfg_scale``, ``guidance``, ``sampler`` and ``scheduler`` as written (InvokeAI calls its
    sampler scheduler), ``width``, ``height``, ``strength``, ``clip_skip``, ``model`` and ``vae`` (name, file, hash),
    ``loras`` (name, weight, hash) and, under ``other``, what has no common word.
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


def seed(value: object) -> int | str | None:
    """Return a seed to its last digit: as text where a number would be rounded on its way."""
    found = number(value)
    if found is None or found != int(found):
        return None
    return int(found) if abs(found) <= EXACT else str(int(found))


def model(name: object, hash_: object = "") -> dict[str, str]:
    """Return a model's name, its file where that says more, and its hash."""
    written = text(name).strip()
    short = model_name(written)
    file = written if written != short else ""
    return present({"name": short, "file": file, "hash": text(hash_).strip().removeprefix("0x")})


def lora(name: object, weight: object = None, hash_: object = "") -> dict[str, Any]:
    """Return a LoRA's name, file, hash and how strongly it was used."""
    return {**model(name, hash_), **present({"weight": number(weight)})}


def other(values: Mapping[str, Any], known: Collection[str]) -> dict[str, Any]:
    """Return what has no common word, as numbers and short texts; nested values become JSON texts."""
    rest = {text(key, 100): _plain(value) for key, value in values.items() if key not in known}
    return dict(list(present(rest).items())[:MOST_OTHERS])


def present(values: dict[str, Any]) -> dict[str, Any]:
    """Return what is known: neither None nor empty."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _plain(value: object) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return seed(value) if isinstance(value, int) else number(value)
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text(written, OTHER_LIMIT) if len(written) <= OTHER_LIMIT and value else ""


def _number_in(digits: str) -> int | float | None:
    for kind in (int, float):
        try:
            return kind(digits)
        except ValueError:
            continue
    return None
