"""What has become of the tree since the page was made."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from generation.models import GenerationSession, GenerationStep
from generation.sessions import tree
from generation.sessions.tallying import tally_in
from generation.showing.studio import studio_of
from photos.selecting import keys_of

OPEN_AT_MOST = 100


@never_cache
@require_safe
def news(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer with the rows that changed; with the whole tree when there are other steps, or ``all`` is asked for.

    The page says how many ``steps`` it has and, as ``open``, which are not finished, each with its mark.
    """
    session = get_object_or_404(GenerationSession, pk=pk)
    steps = request.GET.get("steps", "")
    if "all" in request.GET or steps != str(session.steps.count()):
        return _whole(request, session)
    changed = _changed(session, request.GET.getlist("open")[:OPEN_AT_MOST])
    if not changed:
        return HttpResponse(status=204)
    context = {"rows": tree.rows_apart(changed), "tally": tally_in(session)}
    return render(request, "generation/_tree_news.html", context)


def _changed(session: GenerationSession, marks: list[str]) -> list[GenerationStep]:
    """Return the steps whose mark is another one by now."""
    known = dict(mark.partition(":")[::2] for mark in marks)
    steps = tree.light(session.steps.filter(pk__in=keys_of(list(known))))
    return [step for step in steps if known[str(step.pk)] != tree.mark_of(step)]


def _whole(request: HttpRequest, session: GenerationSession) -> HttpResponse:
    studio = studio_of(session, step=request.GET.get("step", ""))
    answer = render(request, "generation/_tree_whole.html", {"studio": studio, "tally": studio.tally})
    answer["HX-Retarget"], answer["HX-Reswap"] = "#tree", "outerHTML"
    return answer
