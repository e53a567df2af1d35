"""The request form: a new session, a new step, and the fields that depend on what is chosen."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from clients.errors import RemoteRejected
from generation.asking import once, starting
from generation.asking.offers import Offers
from generation.choices import SessionStatus
from generation.forms import RequestForm
from generation.forms.changing import changed
from generation.models import GenerationSession, GenerationStep
from generation.renting import asking
from generation.showing.studio import Studio, studio_of
from generation.views.beginning import begin
from generation.views.pages import studio_page
from generation.views.pod_start import before_starting
from lib.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: HttpRequest) -> HttpResponse:
    """Ask for the first step of a session; the session is kept once its first request is in order."""
    if request.method != "POST":
        return begin(request)
    return _start(request, Studio(None, []))


@require_POST
def new_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Start a step in a session, grown from the one that was on the stage."""
    session = get_object_or_404(GenerationSession, pk=pk)
    return _start(request, studio_of(session, step=request.POST.get("parent", "")))


@require_POST
def request_fields(request: HttpRequest) -> HttpResponse:
    """Return the form's fields anew, after another model or picture was chosen, or for a draft."""
    form = RequestForm(offers=(offers := Offers.now()), initial=changed(request.POST, offers))
    context = {"form": form, "begin_painting": "paint" in request.POST}
    return render(request, "generation/_request_fields.html", context)


def _start(request: HttpRequest, studio: Studio) -> HttpResponse:
    """Start what was asked for; otherwise show the form again, as it was sent, with what is wrong."""
    offers = Offers.now()
    if "take_out" in request.POST:
        return studio_page(request, studio, RequestForm(offers=offers, initial=changed(request.POST, offers)))
    form = RequestForm(request.POST, offers=offers)
    word = request.POST.get("pod", "")
    if word == "not-now":
        return studio_page(request, studio, form)
    if earlier := once.begun_with(once.batch_id_for(request.POST)):
        return redirect(_address_of(earlier))
    if form.is_valid() and not word and asking.is_needed():
        return before_starting(request)
    if form.is_valid():
        has_ended = studio.session is not None and studio.session.status != SessionStatus.ACTIVE
        try:
            if word == "start":
                asking.start()
            first = _start_all(studio, form, once.batch_id_for(request.POST))
            if has_ended:
                toast(request, "The session is active again", icon="restore")
            return redirect(_address_of(first))
        except IntegrityError:
            if earlier := once.begun_with(once.batch_id_for(request.POST)):
                return redirect(_address_of(earlier))
            raise
        except RemoteRejected as rejection:
            form.add_error(None, str(rejection))
    return studio_page(request, studio, form, status=422)


def _start_all(studio: Studio, form: RequestForm, batch_id: str | None) -> GenerationStep:
    """Start the step, or all of a comparison; return the first."""
    parent, photo = parent_of(studio, form), form.source_photo
    common: dict[str, Any] = {"parent": parent, "source_image": photo, "batch_id": batch_id}
    if not form.cells:
        return starting.start_step(studio.session, form.recipe, **common)
    return starting.start_sweep(studio.session, form.cells, **common)


def _address_of(step: GenerationStep) -> str:
    """Return where a step is shown, or the table it is the first of."""
    if step.sweep:
        return reverse("generation:sweep", args=[step.session_id, step.sweep])
    return step.get_absolute_url()


def parent_of(studio: Studio, form: RequestForm) -> GenerationStep | None:
    """Return the step it grows from: the one its picture was made in, if that is of this session, else the one named.

    A request that names no step of the session grows from none; which one was meant is not guessed.
    """
    made_in = form.origin.step
    if made_in and studio.session and made_in.session_id == studio.session.pk:
        return made_in
    named = form.data.get("parent", "")
    return studio.stage.step if studio.stage and str(studio.stage.step.pk) == named else None
