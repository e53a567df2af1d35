"""Stop a step. What is finished is kept."""

import logging
from uuid import UUID

from django.db import transaction

from generation import following, tasks
from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep
from lib import clock
from lib.queue import enqueue
from settings_app import connections

log = logging.getLogger(__name__)


def cancel(step_id: UUID) -> bool:
    """Stop a step; False when it has ended already.

    One that waits ends at once. One the server has is stopped there by a worker, and ends when the server says so.
    """
    now = clock.now()
    with transaction.atomic():
        ended = GenerationStep.objects.pending().move(
            step_id, to=StepStatus.FAILED, outcome=Outcome.CANCELLED, error_message=None, completed_at=now,
            cancel_requested_at=now,
        )  # fmt: skip
        asked = ended or GenerationStep.objects.processing().filter(pk=step_id).update(cancel_requested_at=now) == 1
        if asked:
            enqueue(tasks.cancel_step, step_id)
    if asked:
        log.info("step %s: cancel asked for", step_id)
    return asked


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
