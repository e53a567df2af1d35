"""Keeping one path and binning the rest of its branch: first what would go, then the trash, with a way back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from generation.models import GenerationStep
from generation.sessions import keeping
from generation.sessions.keeping import Proposal
from photos.selecting import keys_of
from photos.views.answers import perform

SHOWN = 48


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what stays and what would go; on POST let it go, unless something has changed since it was shown."""
    step = get_object_or_404(GenerationStep.objects.select_related("session"), pk=pk)
    asked = request.POST if request.method == "POST" else request.GET
    proposal = keeping.propose(step, branch=asked.get("branch", ""))
    if request.method != "POST":
        return _ask(request, proposal)
    if request.POST.get("mark") != proposal.mark:
        return _ask(request, proposal, has_changed=True)
    answer = perform(request, "trash", proposal.without(keys_of(request.POST.getlist("photo"))))
    return answer if request.htmx else redirect(step)  # type: ignore[attr-defined]


def _ask(request: HttpRequest, proposal: Proposal, *, has_changed: bool = False) -> HttpResponse:
    context = {
        "section": "studio",
        "proposal": proposal,
        "shown": proposal.going[:SHOWN],
        "unshown": max(0, len(proposal.going) - SHOWN),
        "has_changed": has_changed,
    }
    part = "#question" if request.htmx else ""  # type: ignore[attr-defined]
    answer = render(request, f"generation/keep.html{part}", context)
    if request.method == "POST":
        answer["HX-Retarget"], answer["HX-Reswap"] = "#dialog", "innerHTML"
    return answer
