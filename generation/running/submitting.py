"""Send a step to InvokeAI, exactly once, whatever gets lost on the way."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from clients.errors import RemoteBusy, RemoteError, RemoteRejected
from clients.invokeai import Batch, InvokeAI
from generation import graphs
from generation.choices import Outcome, StepStatus
from generation.graphs import NOWHERE, Uploads
from generation.graphs.building import JOB_KEY
from generation.models import GenerationStep
from generation.recipes import abilities, rules
from generation.recipes.recipe import Recipe
from generation.running import delays, resolving, resuming, uploading
from lib import clock
from settings_app import connections

log = logging.getLogger(__name__)

# Not one of the words InvokeAI's own pages react to.
ORIGIN = "photo-gallery"
QUEUE_IS_FULL = "InvokeAI’s queue is full. The request is kept and sent when there is room."
CUT_SHORT = "InvokeAI’s queue had room for only {room} of {asked}. Ask for the others once it has emptied."


def submit(step: GenerationStep) -> None:
    """Send one claimed step.

    A server that is away or busy lets it wait and never fails it. Where an earlier attempt may have arrived, the server
    is asked for our ``batch_id`` before anything is sent again.
    """
    try:
        connections.admit_work(step.server)
        with connections.invokeai_for(step.server) as client:
            _send(step, client)
    except (RemoteRejected, uploading.Unusable) as refusal:
        fail(step, str(refusal))
    except RemoteBusy as busy:
        put_back(step, str(busy), timedelta(seconds=busy.retry_after))
    except RemoteError as failure:
        put_back(step, str(failure), delays.before_sending(step.attempts))


def put_back(step: GenerationStep, reason: str, pause: timedelta) -> None:
    """Let a claimed step wait."""
    until = clock.now() + pause
    if GenerationStep.objects.put_back(step.pk, attempt=step.attempts, reason=reason, until=until):
        log.info("step %s: waits %s s after attempt %s", step.pk, pause.total_seconds(), step.attempts)


def fail(step: GenerationStep, reason: str) -> None:
    """End a step that cannot be sent as it is."""
    moved = GenerationStep.objects.end(step.pk, outcome=Outcome.REFUSED, error_message=reason, completed_at=clock.now())
    if moved:
        log.info("step %s: refused", step.pk)


def _send(step: GenerationStep, client: InvokeAI) -> None:
    version = client.version()
    if step.attempts > 1 and _arrived_before(step, client):
        return
    recipe = resolving.resolve(Recipe.from_parameters(step.parameters), client)
    recipe = replace(recipe, backend_version=str(version))
    faults = rules.problems(recipe, version=(version.major, version.minor))
    if fault := next(iter(faults.values()), "") or abilities.fault(recipe, step.server, client):
        fail(step, fault)
        return
    uploads = uploading.bring(recipe, step.server, client)
    if GenerationStep.objects.renew(step.pk, attempt=step.attempts, now=clock.now()):
        _post(step, recipe, uploads, client)


def _post(step: GenerationStep, recipe: Recipe, uploads: Uploads, client: InvokeAI) -> None:
    seeds = resuming.missing_seeds(step)
    if not seeds:  # the last of them was found meanwhile
        _is_with_the_server(step, client, (), error_message=None)
        return
    batch = batch_of(step, resuming.rest_of(recipe, seeds), uploads)
    connections.admit_work(step.server)  # a pod may have begun to stop meanwhile
    answer = client.queue.enqueue(batch)
    if answer.enqueued == 0:
        put_back(step, QUEUE_IS_FULL, delays.SENDING[-1])
        return
    ids = resuming.in_places(step, seeds, _without_doubles(answer.item_ids, len(seeds), client))
    sentence = CUT_SHORT.format(room=answer.enqueued, asked=answer.requested) if answer.is_truncated else None
    _is_with_the_server(
        step, client, ids, parameters=recipe.to_parameters(), model_key=recipe.model.key, error_message=sentence
    )


def batch_of(step: GenerationStep, recipe: Recipe, uploads: Uploads = NOWHERE) -> Batch:
    """Return what is posted for a step."""
    return Batch(
        batch_id=step.batch_id,
        graph=graphs.build(recipe, job=step.correlation_id or step.batch_id, uploads=uploads),
        data=graphs.seed_data(recipe),
        origin=ORIGIN,
        destination=f"{ORIGIN}:{step.pk}",
    )


def _arrived_before(step: GenerationStep, client: InvokeAI) -> bool:
    """Adopt the batch when an earlier post arrived though its answer was lost.

    A batch that was worked off and pruned since counts nothing; its pictures bear our key.
    """
    if not client.queue.batch_status(step.batch_id).is_gone:
        items, seeds = client.queue.items_of_batch(step.batch_id), resuming.missing_seeds(step)
        ids = _without_doubles(tuple(item.item_id for item in items), len(seeds), client)
        _is_with_the_server(step, client, resuming.in_places(step, seeds, ids), error_message=None)
        return True
    if _has_unrecorded(step, client):
        _is_with_the_server(step, client, (), error_message=None)
        return True
    return False


def _has_unrecorded(step: GenerationStep, client: InvokeAI) -> bool:
    """Whether the server has a picture with our key that is not recorded."""
    if not step.correlation_id:
        return False
    found = client.images.find_by_metadata(JOB_KEY, step.correlation_id)
    known = set(step.alternatives.values_list("image__invoke_id", flat=True))
    return any(image.name not in known for image in found)


def _without_doubles(ids: tuple[int, ...], wanted: int, client: InvokeAI) -> tuple[int, ...]:
    """Cancel the items of a second post that reached the server after we had asked for the first."""
    for surplus in ids[wanted:]:
        client.queue.cancel_item(surplus)
    return ids[:wanted]


def _is_with_the_server(step: GenerationStep, client: InvokeAI, ids: Sequence[int | None], **changes: object) -> None:
    """Record that the server has it; when it was cancelled here meanwhile, cancel it there."""
    now = clock.now()
    mine = GenerationStep.objects.filter(batch_id=step.batch_id)
    moved = mine.move(
        step.pk, to=StepStatus.PROCESSING, item_ids=list(ids), submitted_at=now, lease_until=None, **changes
    )
    if moved:
        log.info("step %s: with the server as %s items", step.pk, sum(map(bool, ids)))
    elif not mine.exclude(status=StepStatus.FAILED).exists():
        client.queue.cancel_batches([step.batch_id])
        log.info("step %s: cancelled while it was being sent", step.pk)
