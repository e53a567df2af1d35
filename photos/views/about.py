"""What the owner says about one picture: title, description, date, stars and tags."""

import json
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lib.htmx import render_page
from photos import tags
from photos.about import details
from photos.acts import act_for, acting
from photos.acts.rating import STARS, in_stars
from photos.forms import AboutForm
from photos.models import Photo
from photos.searching import search, suggesting
from photos.searching.filters import PhotoFilter
from photos.views.answers import say, see_other


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the fields of one photo, then keep what was written in them."""
    shown = _photo(pk)
    form = AboutForm(shown, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _fields(request, form)
    if form.changes:
        value = json.dumps(form.changes, cls=DjangoJSONEncoder)
        if saved := acting.begin(act_for("edit"), Photo.objects.filter(pk=pk), value):
            say(request, saved, "Saved")
    return _about(request, _photo(pk))


@require_GET
def suggest_tags(request: HttpRequest) -> HttpResponse:
    """Return tags that hold the text ``q``, with how many pictures have each."""
    text = request.GET.get("q", "").replace("\0", "").rpartition(",")[2].strip()
    found = suggesting.suggestions("tag", text)
    return render(request, "photos/_tag_suggestions.html", {"found": found})


@require_POST
def rate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give one photo stars, or take them away; answer with its stars, and the way back."""
    stars = request.POST.get("rating", "")
    if stars in {str(number) for number in STARS} and (
        rated := acting.begin(act_for("rate"), Photo.objects.filter(pk=pk, purged_at=None), stars)
    ):
        say(request, rated, f"Rated {in_stars(stars)}" if stars != "0" else "Rating removed")
    shown = _photo(pk)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "photos/_rating.html", {"photo": shown})
    return see_other(shown.get_absolute_url())


@require_POST
def change_tags(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give one photo tags, or take one away, which can be undone."""
    shown = _photo(pk)
    if removed := request.POST.get("remove"):
        if untagged := acting.begin(act_for("untag"), Photo.objects.filter(pk=pk), removed):
            say(request, untagged)
    elif names := tags.names_in(request.POST.get("tags", "")):
        with transaction.atomic():
            tags.put({pk: names})
            search.index([pk])
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "photos/_tags.html", {"photo": shown, "tags": tags.tags_of(pk)})
    return see_other(shown.get_absolute_url())


def _photo(pk: UUID) -> Photo:
    return get_object_or_404(Photo.objects.filter(purged_at=None), pk=pk)


def _fields(request: HttpRequest, form: AboutForm) -> HttpResponse:
    context: dict[str, object] = {"form": form, "photo": form.photo, "section": "photos"}
    return render_page(request, "photos/edit.html", context, fragment="fields")


def _about(request: HttpRequest, shown: Photo) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return see_other(shown.get_absolute_url())
    context = {"photo": shown, "heading": details.heading(shown), "wanted": PhotoFilter(), "is_saved": True}
    return render(request, "photos/_about.html", context)
