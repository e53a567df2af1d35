"""The table of a comparison."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from generation.models import GenerationSession, GenerationStep
from generation.running import cancelling
from generation.sessions import choosing
from generation.showing.sweeps import grid_of
from lib.htmx import render_page

PAGE = "generation/sweep.html"


@never_cache
@require_safe
def sweep(request: HttpRequest, pk: UUID, sweep: UUID) -> HttpResponse:
    """Show the pictures beside the values they were made with; it fills while they come."""
    grid = grid_of(get_object_or_404(GenerationSession, pk=pk), sweep)
    context: dict[str, object] = {"section": "studio", "grid": grid}
    return render_page(request, PAGE, context, fragment="grid")


@require_POST
def choose(request: HttpRequest, pk: UUID, sweep: UUID, image: UUID) -> HttpResponse:
    """Choose a picture in its step, or take the choice back."""
    step = get_object_or_404(GenerationStep, session=pk, sweep=sweep, alternatives__image=image)
    if step.selected_image_id == image:
        choosing.choose_none(step.pk)
    elif not choosing.choose(step.pk, image):
        raise Http404("This picture is not one of the step's.")
    return _answer(request, pk, sweep)


@require_POST
def cancel(request: HttpRequest, pk: UUID, sweep: UUID) -> HttpResponse:
    """Stop every step of it that is still under way; the pictures that came are kept."""
    for step in GenerationStep.objects.under_way().filter(session=pk, sweep=sweep):
        cancelling.cancel(step.pk)
    return _answer(request, pk, sweep)


def _answer(request: HttpRequest, pk: UUID, sweep: UUID) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("generation:sweep", pk, sweep)
    grid = grid_of(get_object_or_404(GenerationSession, pk=pk), sweep)
    return render(request, f"{PAGE}#grid", {"grid": grid})
