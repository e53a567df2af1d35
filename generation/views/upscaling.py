"""Making one picture larger: a question, then a step."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clients.errors import RemoteRejected
from generation.asking import sources, starting
from generation.asking.offers import Offers
from generation.forms.upscale import UpscaleForm
from generation.models import GenerationStep
from photos.models import Photo
from photos.selecting import keys_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upscale(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask how much larger; on POST start the step, in the session of the step the address names, else in a new one."""
    photo = get_object_or_404(Photo.objects.visible(), pk=pk)
    form = UpscaleForm(request.POST if request.method == "POST" else None, photo=photo, offers=Offers.now())
    if request.method == "POST" and form.is_valid():
        try:
            return _gone_to(request, _start(request, form))
        except RemoteRejected as rejection:
            form.add_error(None, str(rejection))
    return _ask(request, form)


def _start(request: HttpRequest, form: UpscaleForm) -> GenerationStep:
    """Start it below the step its picture was made in, if that is of the same session."""
    asked = GenerationStep.objects.filter(pk__in=keys_of([request.GET.get("step", "")])).first()
    if asked is None:
        return starting.start_step(None, form.recipe, source_image=form.photo)
    made_in = sources.origin_of(form.photo).step
    parent = made_in if made_in and made_in.session_id == asked.session_id else asked
    return starting.start_step(asked.session, form.recipe, parent=parent, source_image=form.photo)


def _gone_to(request: HttpRequest, step: GenerationStep) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(step)
    return HttpResponse(status=204, headers={"HX-Redirect": step.get_absolute_url()})


def _ask(request: HttpRequest, form: UpscaleForm) -> HttpResponse:
    context = {"section": "studio", "form": form, "photo": form.photo, "address": request.get_full_path()}
    part = "#question" if request.htmx else ""  # type: ignore[attr-defined]
    is_sent = form.is_bound and not request.htmx  # type: ignore[attr-defined]  # htmx shows no refused answer
    answer = render(request, f"generation/upscale.html{part}", context, status=422 if is_sent else 200)
    if form.is_bound:
        answer["HX-Retarget"], answer["HX-Reswap"] = "#dialog", "innerHTML"
    return answer
