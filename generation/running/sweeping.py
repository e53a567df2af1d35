"""Find again what waits and what nobody works on: the rows are the truth, and a nudge may be lost."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from generation import tasks
from generation.models import Adoption, GenerationStep, StepAlternative
from generation.running import heartbeat
from lib.queue import enqueue
from photos.models import Photo

log = logging.getLogger(__name__)

# So many pictures at once: a thousand nudges a minute for a server that is away would help nobody.
RETRIEVALS = 50
# What could not be compared within a day never will: the first picture is gone.
DAY = timedelta(days=1)


def sweep(*, now: datetime) -> None:
    """Nudge everything that is due and what a missing follower leaves unwatched, and count what was not counted."""
    for pk in steps_due(now):
        enqueue(tasks.submit_step, pk)
    for pk in retrievals_due(now):
        enqueue(tasks.retrieve_photo, pk)
    for pk in GenerationStep.objects.ended_early(now=now).values_list("pk", flat=True):
        enqueue(tasks.look_again, pk)
    for pk in Adoption.objects.due(now=now).values_list("pk", flat=True):
        enqueue(tasks.adopt_page, pk)
    for key in StepAlternative.objects.unmeasured().filter(created_at__gt=now - DAY).values_list("pk", flat=True):
        enqueue(tasks.measure_repetition, key)
    for pk in GenerationStep.objects.miscounted().values_list("pk", flat=True):
        GenerationStep.objects.recount(pk)
    if not heartbeat.is_alive(now):
        _follow_instead()


def steps_due(now: datetime) -> QuerySet[GenerationStep, UUID]:
    """Return the steps that should be sent now, the oldest first."""
    return GenerationStep.objects.sendable(now=now).order_by("created_at").values_list("pk", flat=True)


def retrievals_due(now: datetime) -> QuerySet[Photo, UUID]:
    """Return some of the pictures that should be fetched now, the longest waiting first."""
    due = Photo.objects.awaiting_retrieval(now=now).order_by("next_retrieval_at", "created_at")
    return due.values_list("pk", flat=True)[:RETRIEVALS]


def due_again(now: datetime) -> Iterator[tuple[Callable[..., None], UUID]]:
    """Yield the tasks and ids of what was tried before and may be tried again now; the rest has its first nudge."""
    for pk in steps_due(now).exclude(lease_until=None):
        yield tasks.submit_step, pk
    again = Photo.objects.awaiting_retrieval(now=now).exclude(next_retrieval_at=None).order_by("next_retrieval_at")
    for pk in again.values_list("pk", flat=True)[:RETRIEVALS]:
        yield tasks.retrieve_photo, pk


def _follow_instead() -> None:
    unwatched = list(GenerationStep.objects.processing().values_list("pk", flat=True))
    for pk in unwatched:
        enqueue(tasks.refresh_step, pk)
    if unwatched:
        log.warning("no follower is at work: %s steps are asked about by the sweep", len(unwatched))
