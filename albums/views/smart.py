"""Saved searches as albums that fill themselves: what stands on a card, and its name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from albums.cards import COVERS
from albums.views.answers import go
from lib.htmx import render_page
from photos.models import Photo, SavedSearch
from photos.searching import saving_searches
from photos.searching.filters import PhotoFilter
from photos.searching.saving_searches import NameTaken
from photos.views.answers import pictures


@require_GET
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the newest pictures of a search, and how many there are; a part of its card, asked for when it is seen."""
    search = get_object_or_404(SavedSearch, pk=pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(search.get_absolute_url())
    found = PhotoFilter.from_query({"q": search.query}).narrow(Photo.objects.visible())
    first = list(found.for_grid().order_by("-taken_at", "-pk")[:COVERS])
    covers = first if len(first) == COVERS else first[:1]
    note = pictures(found.order_by().count()) if first else "Empty so far"
    context = {"search": search, "covers": covers, "note": note}
    return render(request, "albums/smart_cover.html", context)


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another name, then keep it."""
    search = get_object_or_404(SavedSearch, pk=pk)
    name, error = search.name, ""
    if request.method == "POST":
        name = " ".join(request.POST.get("name", "").split())
        try:
            saving_searches.rename(search, name)
            return go(request, reverse("albums:albums"))
        except NameTaken as taken:
            error = str(taken)
    context: dict[str, object] = {"search": search, "name": name, "error": error, "section": "albums"}
    return render_page(request, "albums/rename_smart.html", context, fragment="question")
