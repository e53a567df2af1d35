"""How long a picture takes, by experience with its model."""

from statistics import median

from django.core.cache import cache

from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep

REMEMBERED = 300
LOOKED_AT = 5


def seconds_per_picture(model_key: str) -> float | None:
    """Return the usual time of one picture, from the last steps with this model; None without any."""
    known = cache.get(f"pace:{model_key}")
    if known is None:
        known = _measured(model_key)
        cache.set(f"pace:{model_key}", known, REMEMBERED)
    return known or None


def _measured(model_key: str) -> float:
    done = GenerationStep.objects.filter(
        model_key=model_key, status=StepStatus.COMPLETED, outcome=Outcome.AS_ASKED, submitted_at__isnull=False
    )
    recent = done.order_by("-completed_at").values_list("submitted_at", "completed_at", "batch_size")[:LOOKED_AT]
    times = [(ended - sent).total_seconds() / size for sent, ended, size in recent if sent and ended and ended > sent]
    return median(times) if times else 0.0
