"""What a step asked for, in rows as a photo's page has them."""

from collections.abc import Mapping
from typing import Any

from generation.choices import Mode
from generation.models import GenerationStep
from photos.about.details import Fact, made_with
from photos.models import Photo

SIDES = ("left", "top", "right", "bottom")
PAINTED_OVER = Fact("Changed", "Only what was painted over")


def asked_of(step: GenerationStep, shown: Photo | None = None) -> list[Fact]:
    """Return the settings of a step's request, and the seed of the picture that is looked at."""
    if step.parameters.get("mode") == Mode.UPSCALE:
        return _larger(step.parameters)
    facts = [*_seed(shown), *made_with(Photo(generation_params=step.parameters, width=1, height=1, file_size=0))]
    part = _part(step.parameters)
    # A part of a picture is painted at the model's size and set into the picture: that size tells nothing.
    return [*part, *(fact for fact in facts if fact.name != "Size" or not part)]


def _seed(shown: Photo | None) -> list[Fact]:
    """Return the seed as text: scripts would round it."""
    seed = (shown.generation_params or {}).get("seed") if shown else None
    return [] if seed is None else [Fact("Seed", str(seed), is_copied=True)]


def _larger(parameters: Mapping[str, Any]) -> list[Fact]:
    """Return what making a picture larger asks for; the recipe's other numbers mean nothing then."""
    model = parameters.get("model") or {}
    return [Fact("Made larger", f"{parameters.get('upscale_factor', 0):g}×"), Fact("Model", str(model.get("name", "")))]


def _part(parameters: Mapping[str, Any]) -> list[Fact]:
    if parameters.get("mode") == Mode.INPAINT:
        return [PAINTED_OVER]
    if parameters.get("mode") != Mode.OUTPAINT:
        return []
    margins = parameters.get("margins") or {}
    sides = [f"{side} {margins[side]}" for side in SIDES if margins.get(side)]
    return [Fact("Continued", ", ".join(sides))]
