"""Start a step: record it and nudge a worker, in one transaction, so that neither exists without the other."""

import logging
import uuid
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from generation import tasks
from generation.asking.varying import Cell
from generation.choices import EntryType, Outcome, StepStatus
from generation.models import GenerationSession, GenerationStep, PromptTemplate
from generation.recipes.recipe import Recipe
from generation.sessions import life
from lib.queue import enqueue
from photos.models import Photo
from settings_app import connections

log = logging.getLogger(__name__)


def start_step(
    session: GenerationSession | None,
    recipe: Recipe,
    *,
    parent: GenerationStep | None = None,
    source_image: Photo | None = None,
    repeats: GenerationStep | None = None,
    sweep: UUID | None = None,
    sweep_cell: dict[str, Any] | None = None,
    batch_id: str | None = None,
) -> GenerationStep:
    """Record a request and have it sent to the server in use.

    Args:
        session: the piece of work it belongs to, which is active again if it had ended; None begins a new one.
        recipe: found without fault by ``rules.problems``.
        parent: the step it grows from.
        source_image: the picture it grows from.
        repeats: the step it runs exactly again.
        sweep: what it shares with the steps that are asked for at the same go.
        sweep_cell: its place among them.
        batch_id: one made for just this request; None makes one.

    Raises:
        RemoteRejected: no usable server is set; nothing was recorded.
        IntegrityError: a step was begun with this batch id before; nothing was recorded.
    """
    server = connections.current_server()
    with transaction.atomic():
        session = session or begin_session(source_image)
        step = GenerationStep.objects.create(
            session=session,
            parent=parent,
            source_image=source_image,
            repeats=repeats,
            sweep=sweep,
            sweep_cell=sweep_cell or {},
            template=_template_of(recipe),
            prompt=recipe.prompt,
            negative_prompt=recipe.negative_prompt,
            parameters=recipe.to_parameters(),
            model_key=recipe.model.key,
            batch_id=batch_id or str(uuid.uuid4()),
            correlation_id=str(uuid.uuid4()),
            batch_size=recipe.batch_size,
            position=_next_position(session),
            server=server,
        )
        life.note_work(session)
        enqueue(tasks.submit_step, step.pk)
    log.info("step %s: started with %s pictures", step.pk, step.batch_size)
    return step


def start_sweep(
    session: GenerationSession | None,
    cells: Sequence[Cell],
    *,
    parent: GenerationStep | None = None,
    source_image: Photo | None = None,
    batch_id: str | None = None,
) -> GenerationStep:
    """Record a step for each cell of a comparison, all or none, and return the first, which gets ``batch_id``.

    Raises:
        RemoteRejected: no usable server is set; nothing was recorded.
        IntegrityError: a step was begun with this batch id before; nothing was recorded.
    """
    sweep = uuid.uuid4()
    first: GenerationStep | None = None
    with transaction.atomic():
        for cell in cells:
            step = start_step(
                first.session if first else session,
                cell.recipe,
                parent=parent,
                source_image=source_image,
                sweep=sweep,
                sweep_cell=cell.as_json(),
                batch_id=None if first else batch_id,
            )
            first = first or step
    if first is None:
        raise ValueError("a comparison has cells")
    return first


def begin_session(source_image: Photo | None = None) -> GenerationSession:
    """Record a new piece of work: from words, or the refinement of a picture."""
    kind = EntryType.REFINEMENT if source_image else EntryType.SCRATCH
    session: GenerationSession = GenerationSession.objects.create(entry_type=kind, source_image=source_image)
    return session


def send_again(step_id: UUID) -> bool:
    """Have a failed step sent anew; False when it is not a failed one.

    It goes out under new ids: what the server may still know of the old ones must not be mistaken for it.
    """
    with transaction.atomic():
        moved = GenerationStep.objects.filter(status=StepStatus.FAILED).move(
            step_id,
            to=StepStatus.PENDING,
            batch_id=str(uuid.uuid4()),
            correlation_id=str(uuid.uuid4()),
            item_ids=[],
            skipped_items=[],
            attempts=0,
            resumed=0,
            lease_until=None,
            submitted_at=None,
            completed_at=None,
            cancel_requested_at=None,
            outcome=Outcome.AS_ASKED,
            error_message=None,
        )
        if moved:
            enqueue(tasks.submit_step, step_id)
    return moved


def _template_of(recipe: Recipe) -> PromptTemplate | None:
    return PromptTemplate.objects.filter(pk=recipe.template_id).first() if recipe.template_id else None


def _next_position(session: GenerationSession) -> int:
    last = session.steps.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
