"""Record a finished picture before its bytes are fetched: from then on it cannot be forgotten."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from clients.invokeai import ImageRecord
from generation import tasks
from generation.choices import StepStatus
from generation.models import GenerationStep, StepAlternative
from generation.recipes.recipe import Recipe
from lib import clock
from lib.queue import enqueue
from photos.choices import RetrievalStatus
from photos.models import Photo

log = logging.getLogger(__name__)

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Made:
    """A picture on the server.

    Attributes:
        name: InvokeAI's name of it.
        width: in pixels; None when the server did not tell, then the recipe's holds.
        height: likewise.
        seed: None when it is not known which of the step's seeds it was made with.
        made_at: None when the server did not tell.
    """

    name: str
    width: int | None = None
    height: int | None = None
    seed: int | None = None
    made_at: datetime | None = None

    @classmethod
    def of(cls, record: ImageRecord, seed: int | None) -> "Made":
        """Return what the server's record says."""
        return cls(record.name, record.width, record.height, seed, record.created_at)


def record(step: GenerationStep, made: Made) -> bool:
    """Record one picture of a step and have it fetched; False when it was recorded before.

    The picture is known by server and name, so that it does not matter how often, or by whom, it is noticed.
    """
    with transaction.atomic():
        photo, is_new = Photo.objects.get_or_create(
            server=step.server, invoke_id=made.name, defaults=_photo_of(step, made)
        )
        _, is_added = StepAlternative.objects.get_or_create(step=step, image=photo)
        if is_new:
            enqueue(tasks.retrieve_photo, photo.pk)
        if is_added:
            GenerationStep.objects.recount(step.pk)
    if is_added:
        log.info("step %s: picture %s recorded", step.pk, photo.pk)
    return is_added


def record_late(step: GenerationStep, made: Made) -> bool:
    """Record a picture found after its step had ended; a step that failed for want of one is done after all."""
    added = record(step, made)
    if added:
        GenerationStep.objects.filter(status=StepStatus.FAILED).move(step.pk, to=StepStatus.COMPLETED)
    return added


def recorded_seeds(step: GenerationStep) -> set[int]:
    """Return the seeds whose pictures are recorded."""
    found = step.alternatives.values_list("image__generation_params__seed", flat=True)
    return {seed for seed in found if isinstance(seed, int)}


def _photo_of(step: GenerationStep, made: Made) -> dict[str, Any]:
    recipe = Recipe.from_parameters(step.parameters)
    prompt, negative_prompt = recipe.words_of(made.seed)
    photo = Photo()
    made_at = made.made_at or clock.now()
    return {
        "id": photo.id,
        "filename": f"{photo.id.hex}.png",
        "original_name": readable_name(prompt, made.seed),
        "width": made.width or recipe.width,
        "height": made.height or recipe.height,
        "file_size": 0,
        "mime_type": "image/png",
        "taken_at": made_at,
        "is_generated": True,
        "generation_prompt": prompt,
        "generation_negative_prompt": negative_prompt,
        "generation_params": recipe.parameters_of(made.seed),
        "source_image_id": step.source_image_id,
        "model_key": step.model_key,
        "model_name": recipe.model.name,
        "retrieval_status": RetrievalStatus.PENDING,
    }


def readable_name(prompt: str, seed: int | None) -> str:
    """Return a file name made of the prompt's first words and the seed."""
    words = slugify(prompt, allow_unicode=True)[:LONGEST_NAME].rsplit("-", 1)
    name = words[0] if len("-".join(words)) == LONGEST_NAME else "-".join(words)
    return "-".join(part for part in (name or "picture", "" if seed is None else str(seed)) if part) + ".png"
