"""The studio of one session."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from generation.models import GenerationSession
from generation.views.pages import form_like, studio_asked_for, studio_page


@require_safe
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a session, with the step and the picture that the address names on its stage."""
    studio = studio_asked_for(request, get_object_or_404(GenerationSession, pk=pk))
    return studio_page(request, studio, form_like(studio.stage.step if studio.stage else None))
