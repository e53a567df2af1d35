"""Running a step exactly again: what would be the same, and afterwards whether the pixels are."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from clients.errors import RemoteError
from generation.asking import repeating
from generation.asking.repeating import Circumstance
from generation.comparisons.differing import Difference
from generation.models import GenerationStep, StepAlternative
from generation.views.panels import BRIEF
from lib.htmx import render_page
from settings_app import connections


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what would be the same; when that was confirmed, run the step, or one picture of it, again."""
    step = get_object_or_404(GenerationStep.objects.select_related("session", "parent", "source_image"), pk=pk)
    alternative = _asked_for(request, step)
    if request.method != "POST":
        return _question(request, step, alternative)
    try:
        started = repeating.run_again(step, image=alternative.image_id if alternative else None)
    except RemoteError as failure:
        return _question(request, step, alternative, fault=str(failure), status=422)
    return redirect(started)


@never_cache
@require_safe
def repetition(request: HttpRequest, pk: UUID, image: UUID) -> HttpResponse:
    """Say how far a picture of a repeated step is from the first one."""
    found = StepAlternative.objects.select_related("image", "compared_with", "step").filter(step__repeats__isnull=False)
    alternative = get_object_or_404(found, step=pk, image=image)
    difference = Difference.from_json(alternative.difference) if alternative.difference else None
    return render(request, "generation/_repetition.html", {"alternative": alternative, "difference": difference})


def _asked_for(request: HttpRequest, step: GenerationStep) -> StepAlternative | None:
    """Return the one picture that is meant; None when all are, also where the id is nonsense."""
    asked = request.POST.get("image") or request.GET.get("image", "")
    alternatives = step.alternatives.select_related("image")
    return next((each for each in alternatives if str(each.image_id) == asked), None)


def _question(
    request: HttpRequest,
    step: GenerationStep,
    alternative: StepAlternative | None,
    *,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    rows, trouble = _circumstances(step)
    context = {
        "section": "studio",
        "step": step,
        "alternative": alternative,
        "count": 1 if alternative else step.batch_size,
        "rows": rows,
        "fault": fault or trouble,
        "is_possible": not any(row.is_missing for row in rows),
    }
    return render_page(request, "generation/again.html", context, fragment="question", status=status)


def _circumstances(step: GenerationStep) -> tuple[list[Circumstance], str]:
    """Ask the server in use; when it does not answer, say why: what is started then waits for it."""
    try:
        with connections.invokeai(timeouts=BRIEF) as client:
            return repeating.circumstances(step, connections.current_server(), client), ""
    except RemoteError as failure:
        return [], str(failure)
