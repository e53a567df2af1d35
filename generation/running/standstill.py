"""Notice a queue that does not move, and say or do what helps."""

from datetime import datetime, timedelta

from django.core.cache import cache

from clients.invokeai import BatchStatus, InvokeAI, QueueStatus
from generation.models import GenerationStep
from generation.running import progress
from lib import clock

PATIENCE = timedelta(seconds=30)
REMEMBERED = 600

PAUSED = "InvokeAI’s queue is paused. Resume it in InvokeAI to go on."
BLOCKED_BY_US = (
    "InvokeAI could not read this request, which blocked its queue, so it was cancelled. Change it and try again."
)
BLOCKED_BY_OTHERS = "Another request blocks InvokeAI’s queue. Cancel it in InvokeAI to go on."


def look(step: GenerationStep, status: BatchStatus, client: InvokeAI) -> None:
    """Look at the whole queue when nothing of the step runs: tell its place, or why it does not move.

    A value that does not fit its field is accepted by InvokeAI and then tried again for ever, while all others wait.
    When that is ours, it is cancelled, which is the only cure; somebody else's is not ours to cancel.
    """
    if status.in_progress:
        cache.delete(_key(step))
        return
    queue = client.queue.status()
    if not queue.is_started:
        progress.tell(step.pk, message=PAUSED)
        return
    if queue.is_processing:
        cache.delete(_key(step))
        progress.tell(step.pk, message="", place=place(step, status, queue))
        return
    if _still_for(step) > PATIENCE:
        _unblock(step, status, client)


def place(step: GenerationStep, status: BatchStatus, queue: QueueStatus) -> int | None:
    """Return how many items are ahead, at most: InvokeAI does not tell, but ids ascend."""
    others = max(queue.unfinished - status.unfinished, 0)
    if not step.sent_items or queue.item_id is None:
        return others
    first = min(step.sent_items)
    return min(others, max(first - queue.item_id, 0))


def _unblock(step: GenerationStep, status: BatchStatus, client: InvokeAI) -> None:
    """Cancel our batch when it is the one InvokeAI cannot read: such items are left out of its lists."""
    readable = client.queue.items_of_batch(step.batch_id, step.sent_items)
    if len(readable) >= status.total:
        progress.tell(step.pk, message=BLOCKED_BY_OTHERS)
        return
    GenerationStep.objects.processing().filter(pk=step.pk).update(error_message=BLOCKED_BY_US)
    client.queue.cancel_batches([step.batch_id])
    cache.delete(_key(step))


def _still_for(step: GenerationStep) -> timedelta:
    now = clock.now()
    since = cache.get_or_set(_key(step), now.isoformat(), REMEMBERED) or now.isoformat()
    return now - datetime.fromisoformat(since)


def _key(step: GenerationStep) -> str:
    return f"step:{step.pk}:still-since"
