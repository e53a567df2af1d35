"""The list of sessions, and what can be done with one as a whole."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from albums.views.answers import go
from generation.models import GenerationSession
from generation.sessions import life, listing
from lib.htmx import render_page
from lib.own_pages import own_page
from lib.toasts import toast

LATE = "That can no longer be undone"
# What each way of ending says, and what takes it back.
MOVES: dict[str, tuple[Callable[[UUID], bool], str]] = {
    "complete": (life.complete, "The session is completed"),
    "abandon": (life.abandon, "The session is abandoned"),
    "reopen": (life.reopen, "The session is active again"),
}


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Show the sessions, those that were worked on last first."""
    page, cards = listing.sessions_page(request.GET)
    is_more = bool(request.htmx)  # type: ignore[attr-defined]
    context: dict[str, object] = {
        "section": "studio",
        "page": page,
        "cards": cards,
        "status": listing.status_in(request.GET) or "",
        "tabs": [] if is_more else listing.tabs(request.GET),
    }
    return render_page(request, "generation/sessions.html", context, fragment="cards")


@require_http_methods(["GET", "POST"])
def rename_session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask what a session shall be called, then call it so."""
    session = get_object_or_404(GenerationSession, pk=pk)
    if request.method != "POST":
        context: dict[str, object] = {"section": "studio", "session": session, "longest": life.LONGEST_NAME}
        return render_page(request, "generation/session_name.html", context, fragment="question")
    life.rename(pk, request.POST.get("name", "").replace("\0", ""))
    return go(request, session.get_absolute_url())


@require_POST
def move_session(request: HttpRequest, pk: UUID, move: str) -> HttpResponse:
    """Complete a session, abandon it, or open it again."""
    session = get_object_or_404(GenerationSession, pk=pk)
    act, sentence = MOVES[move]
    if act(pk):
        undo = "" if move == "reopen" else reverse("generation:reopen-session", args=[pk])
        toast(request, sentence, icon="check", undo_url=undo)
    return go(request, own_page(request, request.headers.get("Referer", "")) or session.get_absolute_url())


@require_POST
def delete_session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete a session. Its pictures stay in the library."""
    get_object_or_404(GenerationSession, pk=pk)
    if life.delete(pk):
        undo = reverse("generation:restore-session", args=[pk])
        toast(request, "The session is deleted, its pictures are not", icon="trash", undo_url=undo)
    return redirect("generation:sessions")


@require_POST
def restore_session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring a deleted session back."""
    is_back = life.restore(pk)
    session = GenerationSession.objects.filter(pk=pk).first()
    text = "The session is back" if session and is_back else LATE
    toast(request, text, icon="restore" if is_back else "alert")
    return go(request, session.get_absolute_url() if session else reverse("generation:sessions"))
