"""Find out what became of a step the server has, and record it. Asking twice does no harm."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from clients.invokeai import BatchStatus, InvokeAI, QueueItem
from generation.choices import Outcome, StepStatus
from generation.graphs import OUTPUT, SEED
from generation.graphs.building import JOB_KEY
from generation.models import GenerationStep
from generation.recipes.recipe import LARGEST_SEED
from generation.running import explaining, progress, recording, resuming, standstill
from lib import clock

log = logging.getLogger(__name__)

# How long an unknown batch may still turn up: InvokeAI may be restoring its queue.
GRACE = timedelta(seconds=30)
INTERRUPTED = "The server stopped while this was made. What was finished is kept."
LOST = "The server does not know this request any more. What was finished is kept."


def refresh(step: GenerationStep, client: InvokeAI) -> bool:
    """Ask about one step, record its new pictures, and end it when nothing more will come.

    Returns:
        Whether anything was new.

    Raises:
        RemoteError: the server could not be asked; nothing is lost by that.
    """
    if step.status != StepStatus.PROCESSING:
        return False
    if step.cancel_requested_at:
        client.queue.cancel_batches([step.batch_id])
    status = client.queue.batch_status(step.batch_id)
    if status.is_gone:
        return _settle_without_items(step, client)
    if not status.unfinished:
        return _settle(step, client, status)
    if status.completed > step.alternatives.count() - step.item_ids.count(0):
        return _record_finished(step, client, _unsettled_items(step, client)) > 0
    standstill.look(step, status, client)
    return False


def look_again(step: GenerationStep, client: InvokeAI) -> bool:
    """Look for pictures that were saved after a step had ended early, and stop what still runs of it.

    Returns:
        Whether a picture was found.
    """
    if step.outcome == Outcome.CANCELLED:
        client.queue.cancel_batches([step.batch_id])
    found = [recording.record_late(step, made) for made in _found_by_key(step, client)]
    return any(found)


def _settle(step: GenerationStep, client: InvokeAI, status: BatchStatus) -> bool:
    """Record the last pictures and end the step."""
    items = _unsettled_items(step, client)
    _record_finished(step, client, items)
    missing = step.batch_size - step.alternatives.count()
    if missing > 0:
        for made in _found_by_key(step, client):
            recording.record(step, made)
    outcome, reason = _why(step, items)
    if outcome == Outcome.INTERRUPTED and resuming.go_on_by_itself(step):
        return True
    return end(step, outcome, reason)


def _settle_without_items(step: GenerationStep, client: InvokeAI) -> bool:
    """End a step whose queue items somebody cleared or pruned, with the pictures that bear its key."""
    found = [recording.record(step, made) for made in _found_by_key(step, client)]
    is_whole = step.alternatives.count() >= step.batch_size
    since = step.submitted_at or step.created_at
    if not is_whole and clock.now() - since < GRACE:
        return any(found)
    if _was_cancelled(step):
        return end(step, Outcome.CANCELLED, None)
    return end(step, Outcome.LOST, LOST)


def end(step: GenerationStep, outcome: Outcome, reason: str | None) -> bool:
    """End a step: done when it has any picture, failed when it has none. False when it had ended already."""
    count = step.alternatives.count()
    if count >= step.batch_size:
        outcome, reason = Outcome.AS_ASKED, None
    moved = (
        GenerationStep.objects.processing()
        .filter(batch_id=step.batch_id)
        .end(step.pk, outcome=outcome, error_message=reason, completed_at=clock.now())
    )
    if moved:
        progress.forget(step.pk)
        log.info("step %s: ended %s with %s of %s pictures", step.pk, outcome.label, count, step.batch_size)
    return moved


def _why(step: GenerationStep, items: Sequence[QueueItem]) -> tuple[Outcome, str | None]:
    """Return why fewer pictures came than were asked for."""
    failed = [item for item in items if item.status == "failed"]
    if _was_cancelled(step):
        return Outcome.CANCELLED, None
    if failed:
        return Outcome.FAILED, explaining.explain_items(failed)
    if step.error_message == standstill.BLOCKED_BY_US:
        return Outcome.BLOCKED, step.error_message
    if not resuming.missing_seeds(GenerationStep.objects.get(pk=step.pk)):
        return Outcome.CANCELLED, None
    if any(item.status == "canceled" for item in items):
        return Outcome.INTERRUPTED, INTERRUPTED
    if step.error_message:
        return Outcome.PARTIAL, step.error_message
    return Outcome.LOST, LOST


def _was_cancelled(step: GenerationStep) -> bool:
    """Ask the row anew: a worker may have cancelled it on the server while ours was being looked at."""
    return GenerationStep.objects.filter(pk=step.pk, cancel_requested_at__isnull=False).exists()


def _unsettled_items(step: GenerationStep, client: InvokeAI) -> tuple[QueueItem, ...]:
    """Return the items whose pictures are not recorded; an item is some 20 kB long."""
    seeds = step.parameters.get("seeds", [])
    known = recording.recorded_seeds(step)
    ids = [item for item, seed in zip(step.item_ids, seeds, strict=False) if item and seed not in known]
    return client.queue.items_of_batch(step.batch_id, ids) if ids or not step.sent_items else ()


def _record_finished(step: GenerationStep, client: InvokeAI, items: Sequence[QueueItem]) -> int:
    """Record the pictures of these items and return how many were new."""
    finished = [(name, seed_of(item)) for item in items for name in item.images_of(OUTPUT) if item.is_finished]
    return sum(recording.record(step, _made(client, name, seed)) for name, seed in finished)


def _made(client: InvokeAI, name: str, seed: int | None) -> recording.Made:
    """Ask for a picture's record; one that is gone already is recorded all the same, and its fetch says so."""
    found = client.images.get(name)
    return recording.Made.of(found, seed) if found else recording.Made(name, seed=seed)


def _found_by_key(step: GenerationStep, client: InvokeAI) -> list[recording.Made]:
    """Return the pictures that bear the step's key; their own metadata tells the seed."""
    if not step.correlation_id:
        return []
    records = client.images.find_by_metadata(JOB_KEY, step.correlation_id)
    known = set(step.alternatives.values_list("image__invoke_id", flat=True))
    return [
        recording.Made.of(record, _seed((client.images.metadata(record.name) or {}).get("seed")))
        for record in records
        if not record.is_intermediate and record.name not in known
    ]


def seed_of(item: QueueItem) -> int | None:
    """Return the seed an item was run with."""
    return next((_seed(value.value) for value in item.field_values if value.node == SEED), None)


def _seed(value: object) -> int | None:
    is_seed = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_SEED
    return int(value) if is_seed else None  # type: ignore[call-overload]
