"""When a picture turns out to be one the library has, steps and sessions go on with that one."""

from uuid import UUID

from generation.models import GenerationSession, GenerationStep, OtherName, StepAlternative
from photos.models import Photo


def repoint(pending_id: UUID, kept_id: UUID) -> None:
    """Put one photo in the place of another everywhere in generation. Called inside the merge's transaction."""
    _move_alternatives(pending_id, kept_id)
    _keep_name(pending_id, kept_id)
    GenerationStep.objects.filter(selected_image=pending_id).update(selected_image=kept_id)
    GenerationStep.objects.filter(source_image=pending_id).update(source_image=kept_id)
    GenerationSession.with_deleted.filter(source_image=pending_id).update(source_image=kept_id)


def _move_alternatives(pending_id: UUID, kept_id: UUID) -> None:
    """Move what can be moved; a step that holds the other photo already keeps it once, selected if either was."""
    holding = StepAlternative.objects.filter(image=kept_id).values("step")
    doubles = StepAlternative.objects.filter(image=pending_id, step__in=holding)
    chosen = list(doubles.filter(selected=True).values_list("step", flat=True))
    doubles.delete()
    StepAlternative.objects.filter(image=kept_id, step__in=chosen).update(selected=True)
    StepAlternative.objects.filter(image=pending_id).update(image=kept_id)


def _keep_name(pending_id: UUID, kept_id: UUID) -> None:
    """Remember what the picture is called on its server, where the other photo has a name of its own already."""
    OtherName.objects.filter(photo=pending_id).update(photo=kept_id)
    pending = Photo.objects.get(pk=pending_id)
    if pending.invoke_id and Photo.objects.filter(pk=kept_id, invoke_id__isnull=False).exists():
        OtherName.objects.update_or_create(
            server=pending.server, invoke_id=pending.invoke_id, defaults={"photo_id": kept_id}
        )
