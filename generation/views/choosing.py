"""Choosing the picture of a step."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from generation import choosing
from generation.views.steps import stage_answer


@require_POST
def choose(request: HttpRequest, pk: UUID, image: UUID) -> HttpResponse:
    """Mark a picture as the one chosen, or take the choice back when ``choice`` is none."""
    if request.POST.get("choice") == "none":
        choosing.choose_none(pk)
    elif not choosing.choose(pk, image):
        raise Http404("This picture is not one of the step's.")
    return stage_answer(request, pk, image=str(image))
