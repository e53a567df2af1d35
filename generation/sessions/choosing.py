"""Mark the picture of a step that the owner chose."""

from uuid import UUID

from django.db import transaction

from generation.models import GenerationStep, StepAlternative


def choose(step_id: UUID, image_id: UUID) -> bool:
    """Mark one alternative as the step's chosen picture; False when it is not one of its pictures.

    The step's row is written first: two choices at once queue up there, so that one of them is whole at the end.
    """
    with transaction.atomic():
        steps = GenerationStep.objects.filter(pk=step_id, alternatives__image_id=image_id)
        if not steps.update(selected_image=image_id):
            return False
        _unmark(step_id)
        StepAlternative.objects.filter(step_id=step_id, image_id=image_id).update(selected=True)
    return True


def choose_none(step_id: UUID) -> None:
    """Take the choice back."""
    with transaction.atomic():
        GenerationStep.objects.filter(pk=step_id).update(selected_image=None)
        _unmark(step_id)


def chosen_of(step_id: UUID) -> UUID | None:
    """Return the picture that is chosen now."""
    return GenerationStep.objects.filter(pk=step_id).values_list("selected_image", flat=True).first()


def number_of(step_id: UUID, image_id: UUID) -> int:
    """Return the number of a picture among those of its step; 0 when it is not one of them."""
    images = StepAlternative.objects.filter(step=step_id).order_by("pk").values_list("image", flat=True)
    return next((number for number, image in enumerate(images, start=1) if image == image_id), 0)


def _unmark(step_id: UUID) -> None:
    StepAlternative.objects.filter(step_id=step_id, selected=True).update(selected=False)
