"""The request form: a new session, a new step, and the fields that depend on the model."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.errors import RemoteRejected
from generation import starting
from generation.defaults import defaults_for, follow_model
from generation.forms import RequestForm
from generation.models import GenerationSession
from generation.offers import Offers
from generation.studio import Studio, studio_of
from generation.views.pages import form_like, studio_page


@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: HttpRequest) -> HttpResponse:
    """Ask for the first step of a session; the session is kept once its first request is in order."""
    if request.method != "POST":
        return studio_page(request, Studio(None, []), form_like(None))
    return _start(request, Studio(None, []))


@require_POST
def new_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Start a step in a session, grown from the one that was on the stage."""
    session = get_object_or_404(GenerationSession, pk=pk)
    return _start(request, studio_of(session, step=request.POST.get("parent", "")))


@require_safe
def model_fields(request: HttpRequest) -> HttpResponse:
    """Return the fields that depend on the model, with what was entered; untouched defaults follow the model."""
    offers = Offers.now()
    before = defaults_for(offers.model(request.GET.get("made_for", "")), offers.settings)
    after = defaults_for(offers.model(request.GET.get("model", "")), offers.settings)
    values = {**request.GET.dict(), **follow_model(request.GET.dict(), before, after)}
    return render(request, "generation/_model_fields.html", {"form": RequestForm(offers=offers, initial=values)})


def _start(request: HttpRequest, studio: Studio) -> HttpResponse:
    """Start what was asked for; otherwise show the form again, as it was sent, with what is wrong."""
    form = RequestForm(request.POST, offers=Offers.now())
    if form.is_valid():
        parent = studio.stage.step if studio.stage else None
        try:
            return redirect(starting.start_step(studio.session, form.recipe, parent=parent))
        except RemoteRejected as rejection:
            form.add_error(None, str(rejection))
    return studio_page(request, studio, form, status=422)
