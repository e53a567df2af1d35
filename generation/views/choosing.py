"""Choosing the picture of a step."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from generation.sessions import choosing
from generation.views.steps import stage_answer
from lib.toasts import toast


@require_POST
def choose(request: HttpRequest, pk: UUID, image: UUID) -> HttpResponse:
    """Mark a picture as the one chosen, or take the choice back when ``choice`` is none.

    The answer is the stage with the picture that ``then`` names, else the same one. Who asked from elsewhere on the
    page, such as by the way back in a toast, hears that the stage has changed.
    """
    if request.POST.get("choice") == "none":
        choosing.choose_none(pk)
        news = "No picture is chosen."
    else:
        news = _choose(request, pk, image)
    answer = stage_answer(request, pk, image=request.POST.get("then") or str(image), news=news)
    if request.htmx and request.htmx.target != "stage":  # type: ignore[attr-defined]
        answer["HX-Trigger"] = "studio:changed"
    return answer


def _choose(request: HttpRequest, pk: UUID, image: UUID) -> str:
    """Choose, and offer the way back where another picture was chosen before; return what is said of it."""
    before = choosing.chosen_of(pk)
    if not choosing.choose(pk, image):
        raise Http404("This picture is not one of the step's.")
    said = f"Picture {choosing.number_of(pk, image)} chosen"
    if before and before != image:
        text = f"{said} instead of picture {choosing.number_of(pk, before)}"
        toast(request, text, undo_url=reverse("generation:choose", args=[pk, before]))
    return f"{said}."
