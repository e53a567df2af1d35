"""The list of sessions."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from generation import listing
from lib.htmx import render_page


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Show the sessions, newest first."""
    page, cards = listing.sessions_page(request.GET)
    context: dict[str, object] = {"section": "studio", "page": page, "cards": cards}
    return render_page(request, "generation/sessions.html", context, fragment="cards")
