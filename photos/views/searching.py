"""What helps to ask: suggestions while typing, the panel of filters, and searches that are kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from lib.htmx import render_page
from photos.searching import suggesting
from photos.searching.filters import LONGEST, PhotoFilter
from photos.searching.panel import FilterPanel, initial


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Return suggestions for the part of ``q`` that ends at the caret, ``at``."""
    text = request.GET.get("q", "")[:LONGEST]
    at = request.GET.get("at", "")
    caret = min(int(at), len(text)) if at.isascii() and at.isdigit() and len(at) < 6 else len(text)
    return render(request, "photos/_suggestions.html", {"offers": suggesting.offers(text, caret)})


@require_GET
def panel(request: HttpRequest) -> HttpResponse:
    """Show every filter as a field; once it is filled in, go to the timeline with the text it stands for."""
    wanted = PhotoFilter.from_query({name: request.GET.get(name, "") for name in ("q", "f")})
    is_filled = "show" in request.GET
    form = FilterPanel(request.GET) if is_filled else FilterPanel(initial=initial(wanted.asked))
    if is_filled and form.is_valid():
        composed = PhotoFilter.from_query({"q": form.compose(wanted.asked)})
        return redirect(reverse("photos:timeline") + composed.query)
    context: dict[str, object] = {"section": "photos", "form": form, "wanted": wanted, "known": form.known()}
    return render_page(request, "photos/filter_panel.html", context, fragment="panel")
