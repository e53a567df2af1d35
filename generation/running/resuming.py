"""Go on with a step that did not bring everything: what is missing is asked for again, with its own seeds."""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from generation import tasks
from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep
from generation.recipes.recipe import Recipe
from generation.running import absence, progress, recording
from lib.queue import enqueue

log = logging.getLogger(__name__)

# A server that dies of what it is asked for must not be asked for ever.
MOST_TIMES = 3
INTERRUPTED = "The server stopped in the middle. What is missing is made again."


def missing_seeds(step: GenerationStep) -> tuple[int, ...]:
    """Return the seeds of which there is no picture and of which one is still wanted, in their order."""
    here = recording.recorded_seeds(step)
    skipped = set(_skipped(step))
    lacking = max(step.batch_size - step.alternatives.count(), 0)
    return tuple(seed for seed in step.parameters.get("seeds", []) if seed not in here | skipped)[:lacking]


def _skipped(step: GenerationStep) -> dict[int, int]:
    """Return the items the owner cancelled one by one, by their seeds."""
    pairs = zip(step.parameters.get("seeds", []), step.item_ids, strict=False)
    return {seed: item for seed, item in pairs if item in step.skipped_items}


def rest_of(recipe: Recipe, seeds: Sequence[int]) -> Recipe:
    """Return the recipe for some of its seeds only, each with its own words."""
    kept = [place for place, seed in enumerate(recipe.seeds) if seed in set(seeds)]
    return replace(
        recipe,
        seeds=tuple(recipe.seeds[place] for place in kept),
        prompts=tuple(recipe.prompts[place] for place in kept if recipe.prompts),
        negative_prompts=tuple(recipe.negative_prompts[place] for place in kept if recipe.negative_prompts),
    )


def in_places(step: GenerationStep, sent: Sequence[int], ids: Sequence[int]) -> list[int | None]:
    """Return the items of the seeds that were sent, in the order of all the step's seeds.

    It is 0 where the picture had come before, and None where the server's queue had no room. One that the owner
    cancelled keeps its item of an earlier batch.
    """
    known: dict[int, int | None] = {**_skipped(step), **dict.fromkeys(sent), **dict(zip(sent, ids, strict=False))}
    return [known.get(seed, 0) for seed in step.parameters.get("seeds", [])]


def go_on(step_id: UUID) -> bool:
    """Ask for what an ended step did not bring; False when it brought everything, or goes on already."""
    partly = GenerationStep.objects.filter(status=StepStatus.COMPLETED).exclude(outcome=Outcome.AS_ASKED)
    return _send_rest(partly, step_id, error_message=None, item_ids=[], skipped_items=[])


def go_on_by_itself(step: GenerationStep) -> bool:
    """Send what a server lost that was away meanwhile; False when it was not, or when that did not help before."""
    since = step.submitted_at or step.created_at
    if step.resumed >= MOST_TIMES or not absence.was_noticed(step.server, since=since):
        return False
    mine = GenerationStep.objects.filter(
        status=StepStatus.PROCESSING, batch_id=step.batch_id, cancel_requested_at__isnull=True
    )
    return _send_rest(mine, step.pk, error_message=INTERRUPTED, resumed=F("resumed") + 1)


def _send_rest(steps: Any, step_id: UUID, **changes: object) -> bool:
    """Let a step wait to be sent under a new batch id; its pictures go on bearing the same key."""
    with transaction.atomic():
        moved: bool = steps.move(
            step_id,
            to=StepStatus.PENDING,
            batch_id=str(uuid.uuid4()),
            attempts=0,
            lease_until=None,
            submitted_at=None,
            completed_at=None,
            cancel_requested_at=None,
            outcome=Outcome.AS_ASKED,
            **changes,
        )
        if moved:
            enqueue(tasks.submit_step, step_id)
    if moved:
        progress.forget(step_id)
        log.info("step %s: goes on with what is missing", step_id)
    return moved
