"""The studio's page, which several views answer with."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from generation import readiness, telling
from generation.forms import RequestForm
from generation.models import GenerationSession, GenerationStep
from generation.offers import Offers
from generation.studio import StepView, Studio, studio_of

HEADLINES = {
    "no_server": "The server does not answer",
    "no_models": "No models yet",
    "paused": "The queue is paused",
}


def studio_page(request: HttpRequest, studio: Studio, form: RequestForm, *, status: int = 200) -> HttpResponse:
    """Render the studio with its form, as it was sent or as it begins."""
    session = studio.session
    action = reverse("generation:new-step", args=[session.pk]) if session else reverse("generation:new-session")
    offers = form.offers
    context = {
        "section": "studio",
        "studio": studio,
        "tally": studio.tally,
        "form": form,
        "form_action": action,
        "asked_image": request.GET.get("image", ""),
        **stage_context(studio.stage),
        **obstacle_context(offers, server_fault=offers.fault),
    }
    return render(request, "generation/studio.html", context, status=status)


def stage_context(view: StepView | None) -> dict[str, Any]:
    """Return what the stage needs: the step, how far it is, or how it ended."""
    if view is None:
        return {"view": None}
    return {"view": view, "progress": telling.progress_of(view), "ending": telling.ending_of(view)}


def obstacle_context(offers: Offers, *, server_fault: str, is_paused: bool = False) -> dict[str, Any]:
    """Return what the notice above the form needs; nobody is called."""
    found = readiness.obstacle(server_fault=server_fault, models=len(offers.models), is_paused=is_paused)
    return {"readiness": found, "headline": HEADLINES.get(found.code, "") if found else ""}


def studio_asked_for(request: HttpRequest, session: GenerationSession) -> Studio:
    """Return the session with the step and the picture that the address names."""
    return studio_of(session, step=request.GET.get("step", ""), image=request.GET.get("image", ""))


def form_like(step: GenerationStep | None) -> RequestForm:
    """Return a form that begins with the values of a step, or with the defaults."""
    offers = Offers.now()
    return RequestForm(offers=offers, initial=offers.initial(step))
