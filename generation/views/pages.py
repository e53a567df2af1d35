"""The studio's page, which several views answer with."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from generation.asking import readiness, sources
from generation.asking.offers import Offers
from generation.forms import RequestForm
from generation.forms.changing import with_source
from generation.models import GenerationSession, GenerationStep
from generation.renting import asking
from generation.sessions.kinship import GROWN_SHOWN, grown_from
from generation.showing import telling
from generation.showing.asked import asked_of
from generation.showing.studio import StepView, Studio, studio_of

WITHOUT_MODELS = "Start it once, and its models are offered here as soon as it is ready."
WITH_MODELS = "What you ask for has it started, once you have seen its price."
HEADLINES = {
    "no_server": "The server does not answer",
    "no_models": "No models yet",
    "paused": "The queue is paused",
}

# What an address names when it says itself what the request begins with.
BEGINNINGS = ("source", "photo", "template")


def studio_page(
    request: HttpRequest, studio: Studio, form: RequestForm, *, status: int = 200, **more: Any
) -> HttpResponse:
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
        **_draft_of(request, session),
        **more,
        **stage_context(studio.stage),
        **obstacle_context(offers, server_fault=offers.fault),
    }
    return render(request, "generation/studio.html", context, status=status)


def _draft_of(request: HttpRequest, session: GenerationSession | None) -> dict[str, Any]:
    """Return the name a form's draft is kept by, and whether what the address asks for must not be covered by it.

    A new session begun from a photo has a draft of its own, so that it neither shows nor loses another one's.
    """
    is_begun = any(name in request.GET for name in BEGINNINGS)
    if session:
        return {"draft_key": str(session.pk), "is_begun": is_begun}
    return {"draft_key": f"new:{request.GET.urlencode()}" if is_begun else "new", "is_begun": False}


def stage_context(view: StepView | None) -> dict[str, Any]:
    """Return what the stage needs: the step, how far it is, or how it ended."""
    if view is None:
        return {"view": None}
    grown = grown_from(view.shown.photo.pk) if view.shown else GenerationStep.objects.none()
    return {
        "view": view,
        # What lands while a picture is looked at does not take its place.
        "asked_image": view.shown.photo.pk if view.shown and view.shown.photo.is_here else "",
        "progress": telling.progress_of(view),
        "ending": telling.ending_of(view),
        "asked": asked_of(view.step, view.shown.photo if view.shown else None),
        "grown_elsewhere": grown.exclude(session=view.step.session_id)[:GROWN_SHOWN],
    }


def obstacle_context(offers: Offers, *, server_fault: str, is_paused: bool = False) -> dict[str, Any]:
    """Return what the notice above the form needs; nobody is called."""
    found = readiness.obstacle(server_fault=server_fault, models=len(offers.models), is_paused=is_paused)
    sleeps = bool(found and found.code == "no_server") and asking.is_needed()
    if found and sleeps:
        found = replace(found, sentence=WITHOUT_MODELS if found.is_blocking else WITH_MODELS)
    comes = bool(found and found.code == "no_server") and asking.is_on_its_way()
    headline = (
        "The pod is on its way"
        if comes
        else "The pod sleeps"
        if sleeps
        else HEADLINES.get(found.code, "")
        if found
        else ""
    )
    return {"readiness": found, "headline": headline, "pod_sleeps": sleeps, "pod_comes": comes}


def studio_asked_for(request: HttpRequest, session: GenerationSession) -> Studio:
    """Return the session with the step and the picture that the address names."""
    return studio_of(session, step=request.GET.get("step", ""), image=request.GET.get("image", ""))


def form_like(step: GenerationStep | None, *, source: str = "", template: str = "") -> RequestForm:
    """Return a form that begins with the values of a step, or with the defaults.

    Args:
        step: whose request it is like.
        source: the id of a picture to begin with instead; nonsense is ignored.
        template: the id of a template to put around the words.
    """
    offers = Offers.now()
    values = offers.initial(step)
    if source and sources.find(source):
        values |= with_source(source)
    if template:
        values |= {"template": template, "value": {}}
    return RequestForm(offers=offers, initial=values)
