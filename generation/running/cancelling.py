"""Stop a step. What is finished is kept."""

import logging
from uuid import UUID

from django.db import transaction

from clients.invokeai import InvokeAI
from generation import tasks
from generation.choices import Outcome
from generation.models import GenerationStep
from generation.running import following, recording
from lib import clock
from lib.queue import enqueue
from settings_app import connections

TRIES = 5

log = logging.getLogger(__name__)


def cancel(step_id: UUID) -> bool:
    """Stop a step; False when it has ended already.

    One that waits ends at once. One the server has is stopped there by a worker, and ends when the server says so.
    """
    now = clock.now()
    with transaction.atomic():
        ended = GenerationStep.objects.pending().end(
            step_id, outcome=Outcome.CANCELLED, error_message=None, completed_at=now, cancel_requested_at=now
        )
        asked = ended or GenerationStep.objects.processing().filter(pk=step_id).update(cancel_requested_at=now) == 1
        if asked:
            enqueue(tasks.cancel_step, step_id)
    if asked:
        log.info("step %s: cancel asked for", step_id)
    return asked


def skip(step_id: UUID, item_id: int) -> bool:
    """Stop one picture of a step; False when it is none of its items, or the step has ended.

    The list is replaced only as it was read, so that two clicks at once are both kept.
    """
    for _ in range(TRIES):
        step = GenerationStep.objects.processing().filter(pk=step_id).first()
        if step is None or item_id not in step.sent_items:
            return False
        skipped = sorted({*step.skipped_items, item_id})
        with transaction.atomic():
            as_read = GenerationStep.objects.processing().filter(pk=step_id, skipped_items=step.skipped_items)
            if as_read.update(skipped_items=skipped):
                enqueue(tasks.skip_items, step_id)
                return True
    return False


def items_left(step: GenerationStep) -> list[int]:
    """Return the items that may still bring a picture, in the order they are worked off."""
    here = recording.recorded_seeds(step)
    pairs = zip(step.item_ids, step.parameters.get("seeds", []), strict=False)
    return [item for item, seed in pairs if item and seed not in here and item not in step.skipped_items]


def skip_on_server(step: GenerationStep, client: InvokeAI) -> None:
    """Cancel the items the owner does not want any more; those that finished meanwhile stay as they are.

    Raises:
        RemoteError: the server could not be asked; the follower tries again.
    """
    for item in step.skipped_items:
        client.queue.cancel_item(item)


def cancel_on_server(step: GenerationStep) -> None:
    """Stop a cancelled step on its server; one that waited may have arrived there with its answer lost.

    Raises:
        RemoteError: the server could not be asked; the follower and the sweep try again.
    """
    if not step.attempts:
        return
    with connections.invokeai_for(step.server) as client:
        if step.is_under_way:
            following.refresh(step, client)
        else:
            following.look_again(step, client)
