"""One step: its stage, how far it is, and the ways to stop it and to send it again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from clients.errors import RemoteRejected
from generation.asking import shrinking, starting
from generation.models import GenerationStep
from generation.running import cancelling, progress, resuming
from generation.sessions import tree
from generation.sessions.tallying import tally_in
from generation.showing import telling
from generation.showing.studio import StepView, step_view, with_pictures
from generation.views.pages import stage_context
from lib.toasts import toast


@never_cache
@require_safe
def step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the stage of a step; without htmx, its studio."""
    return stage_answer(request, pk, image=request.GET.get("image", ""))


@never_cache
@require_safe
def step_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how far a step is; when something came of it, answer with the whole stage instead."""
    view = _view_of(pk, image=request.GET.get("image", ""))
    if request.GET.get("mark") == view.mark:
        return render(request, "generation/_progress_answer.html", stage_context(view))
    response = _stage(request, view, news=telling.news(view))
    response["HX-Retarget"], response["HX-Reswap"] = "#stage", "outerHTML"
    response["HX-Trigger"] = "activity-changed"
    return response


@never_cache
@require_safe
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the picture being made as it looks now; 204 while there is none."""
    picture = progress.preview_of(pk)
    if picture is None:
        return HttpResponse(status=204)
    return HttpResponse(picture, content_type="image/jpeg")


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a step; the pictures it brought so far are kept."""
    cancelling.cancel(pk)
    return stage_answer(request, pk)


@require_POST
def skip_picture(request: HttpRequest, pk: UUID, item: int) -> HttpResponse:
    """Stop one picture of a step; the others go on."""
    if not cancelling.skip(pk, item):
        toast(request, "This picture does not wait any more", icon="info")
    return stage_answer(request, pk)


@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a failed step again, with the same request."""
    if not starting.send_again(pk):
        toast(request, "This step is not a failed one any more", icon="info")
    return redirect(get_object_or_404(GenerationStep, pk=pk))


@require_POST
def make_rest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the pictures a step did not bring, with their own seeds, in the same step."""
    if not resuming.go_on(pk):
        toast(request, "Nothing of this step is missing any more", icon="info")
    return redirect(get_object_or_404(GenerationStep, pk=pk))


@require_POST
def retry_smaller(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Start a request the server had no memory for at a smaller size."""
    step = get_object_or_404(GenerationStep.objects.select_related("session", "parent", "source_image"), pk=pk)
    try:
        smaller = shrinking.start_smaller(step)
    except RemoteRejected as rejection:
        toast(request, str(rejection), kind="bad", icon="alert")
        return redirect(step)
    if smaller is None:
        toast(request, "This step was not too large for the server", icon="info")
    return redirect(smaller or step)


def stage_answer(request: HttpRequest, pk: UUID, *, image: str = "", news: str = "") -> HttpResponse:
    """Answer with the stage of a step and what is said aloud, or for a browser without htmx with the way there."""
    view = _view_of(pk, image=image)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{view.step.get_absolute_url()}&image={image}" if image else view.step.get_absolute_url())
    return _stage(request, view, news=news)


def _view_of(pk: UUID, *, image: str) -> StepView:
    steps = with_pictures(GenerationStep.objects.select_related("session"))
    return step_view(get_object_or_404(steps, pk=pk), image=image)


def _stage(request: HttpRequest, view: StepView, *, news: str = "") -> HttpResponse:
    context = {
        **stage_context(view),
        "rows": tree.rows_apart([view.step]),
        "tally": tally_in(view.step.session),
        "news": news,
    }
    return render(request, "generation/_stage_answer.html", context)
