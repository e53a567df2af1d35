"""How steps and pictures belong together: what was made beside a picture, the steps before one, what grew from it."""

from uuid import UUID

from django.db.models import QuerySet

from generation.models import GenerationSession, GenerationStep, StepAlternative
from generation.sessions.branches import laid_out, way_to

MOST = 500
GROWN_SHOWN = 12


def alternatives_of(photo_id: UUID) -> list[UUID]:
    """Return the keys of the pictures that came of the same steps as a photo."""
    steps = StepAlternative.objects.filter(image=photo_id).values("step")
    beside = StepAlternative.objects.filter(step__in=steps).exclude(image=photo_id)
    return list(beside.order_by("pk").values_list("image_id", flat=True)[:MOST])


def way_of(step: GenerationStep) -> list[UUID]:
    """Return the keys of the steps from the session's first one to this one."""
    rows = GenerationStep.objects.filter(session=step.session_id).order_by("position", "created_at", "pk")
    parents: dict[UUID, UUID | None] = dict(rows.values_list("pk", "parent_id"))
    return way_to(laid_out(parents), step.pk)


def grown_from(photo_id: UUID) -> QuerySet[GenerationStep]:
    """Return the steps that grew from a picture, in whatever session, the oldest first."""
    return GenerationStep.objects.shown().filter(source_image=photo_id).order_by("created_at", "pk")


def sessions_from(photo_id: UUID) -> QuerySet[GenerationSession]:
    """Return the sessions that began with a picture, the oldest first."""
    begun: QuerySet[GenerationSession] = GenerationSession.objects.filter(source_image=photo_id)
    return begun.order_by("started_at", "pk")
