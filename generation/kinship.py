"""Which pictures were made beside a picture: the other alternatives of its step."""

from uuid import UUID

from generation.models import StepAlternative

MOST = 500


def alternatives_of(photo_id: UUID) -> list[UUID]:
    """Return the keys of the pictures that came of the same steps as a photo."""
    steps = StepAlternative.objects.filter(image=photo_id).values("step")
    beside = StepAlternative.objects.filter(step__in=steps).exclude(image=photo_id)
    return list(beside.order_by("pk").values_list("image_id", flat=True)[:MOST])
