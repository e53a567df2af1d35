"""When a picture turns out to be one the library has, steps and sessions go on with that one."""

from uuid import UUID

from generation.models import GenerationSession, GenerationStep, StepAlternative


def repoint(pending_id: UUID, kept_id: UUID) -> None:
    """Put one photo in the place of another everywhere in generation. Called inside the merge's transaction."""
    _move_alternatives(pending_id, kept_id)
    GenerationStep.objects.filter(selected_image=pending_id).update(selected_image=kept_id)
    GenerationStep.objects.filter(source_image=pending_id).update(source_image=kept_id)
    GenerationSession.objects.filter(source_image=pending_id).update(source_image=kept_id)


def _move_alternatives(pending_id: UUID, kept_id: UUID) -> None:
    """Move what can be moved; a step that holds the other photo already keeps it once, selected if either was."""
    holding = StepAlternative.objects.filter(image=kept_id).values("step")
    doubles = StepAlternative.objects.filter(image=pending_id, step__in=holding)
    chosen = list(doubles.filter(selected=True).values_list("step", flat=True))
    doubles.delete()
    StepAlternative.objects.filter(image=kept_id, step__in=chosen).update(selected=True)
    StepAlternative.objects.filter(image=pending_id).update(image=kept_id)
