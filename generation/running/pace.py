"""How long a picture takes, by experience with its model on this machine."""

from collections.abc import Mapping
from datetime import timedelta
from statistics import median
from typing import Any

from django.core.cache import cache

from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep

REMEMBERED = 300
LOOKED_AT = 5
# Encoding, decoding and saving, in denoising steps: few steps do not take that much less time.
OVERHEAD = 3
# From this share of the work on, a step's own pace is all that counts; before, more and more.
TRUSTED = 1 / 3


def expected_seconds(step: GenerationStep) -> float | None:
    """Return how long all of a step's pictures should take, from the last steps with its model; None without any.

    Time grows with the number of denoising steps and of pixels, so that experience with small pictures tells something
    of large ones.
    """
    return seconds_of_work(step.model_key) * _work(step.parameters) * (step.batch_size - step.item_ids.count(0)) or None


def seconds_of_work(model_key: str) -> float:
    """Return how long a megapixel takes a model for each of its steps; 0 without experience."""
    known: float | None = cache.get(f"pace:{model_key}")
    if known is None:
        known = _measured(model_key)
        cache.set(f"pace:{model_key}", known, REMEMBERED)
    return known


def time_left(usual: timedelta | None, ran: timedelta, share: float) -> timedelta | None:
    """Return how much longer something takes; None when it is not known, or took longer than ever already.

    Args:
        usual: how long all of it takes by experience; None without any.
        ran: for how long it has run.
        share: how much of it is done, 0 to 1.
    """
    if not share:
        return usual - ran if usual and usual > ran else None
    own = ran * ((1 - share) / share)
    if usual is None:
        return own
    trust = min(share / TRUSTED, 1.0)
    return own * trust + usual * (1 - share) * (1 - trust)


def _measured(model_key: str) -> float:
    """Return the seconds of one unit of work; 0 without experience."""
    done = GenerationStep.objects.filter(
        model_key=model_key,
        status=StepStatus.COMPLETED,
        outcome=Outcome.AS_ASKED,
        submitted_at__isnull=False,
        resumed=0,
    )
    columns = ("submitted_at", "completed_at", "batch_size", "parameters")
    recent = done.order_by("-completed_at").values_list(*columns)[:LOOKED_AT]
    times = [
        (ended - sent).total_seconds() / size / _work(parameters)
        for sent, ended, size, parameters in recent
        if sent and ended and ended > sent
    ]
    return median(times) if times else 0.0


def _work(parameters: Mapping[str, Any]) -> float:
    """Return the work of one picture, in megapixels denoised once; a picture from a picture skips the first steps."""
    pixels = float(parameters.get("width") or 0) * float(parameters.get("height") or 0)
    rounds = float(parameters.get("steps") or 1) * float(parameters.get("strength") or 1) + OVERHEAD
    return max(pixels * rounds / 1_000_000, 0.001)
