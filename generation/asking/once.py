"""One press of the button is one request, however often it arrives."""

from uuid import NAMESPACE_URL, uuid5

from django.http import QueryDict

from generation.models import GenerationStep

# What differs between two posts of the same request.
NOT_ASKED = ("csrfmiddlewaretoken", "pod")


def batch_id_for(data: QueryDict) -> str | None:
    """Return the batch id of the step that this form begins; None when the form has no mark of its own.

    Each form bears another ``once``. The same one with the same values is the same press, sent twice; the database
    takes a batch id once.
    """
    once = data.get("once", "")
    if not once:
        return None
    values = sorted((name, data.getlist(name)) for name in data if name not in NOT_ASKED)
    return str(uuid5(NAMESPACE_URL, repr(values)))


def begun_with(batch_id: str | None) -> GenerationStep | None:
    """Return the step that was begun with this batch id."""
    return GenerationStep.objects.filter(batch_id=batch_id).first() if batch_id else None
