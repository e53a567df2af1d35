"""The studio of one session."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from generation.models import GenerationSession
from generation.views.pages import form_like, studio_asked_for, studio_page
from generation.views.steps import stage_answer
from photos.selecting import keys_of


@never_cache
@require_safe
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a session, with the step and the picture that the address names on its stage; for htmx only the stage."""
    step = keys_of([request.GET.get("step", "")])
    if step and request.htmx.target == "stage":  # type: ignore[attr-defined]
        answer = stage_answer(request, step[0], image=request.GET.get("image", ""))
        answer["HX-Push-Url"] = request.get_full_path()
    else:
        studio = studio_asked_for(request, get_object_or_404(GenerationSession, pk=pk))
        answer = studio_page(
            request,
            studio,
            form_like(studio.stage.step if studio.stage else None, source=request.GET.get("source", "")),
        )
    patch_vary_headers(answer, ["HX-Request", "HX-Target"])
    return answer
