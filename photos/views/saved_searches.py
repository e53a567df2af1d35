"""Searches the owner gave a name: keeping, renaming, dropping one, and taking that back."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lib.htmx import render_page
from lib.toasts import toast
from photos.models import SavedSearch
from photos.querying import read, say
from photos.searching import saving_searches
from photos.searching.filters import PhotoFilter
from photos.searching.saving_searches import NameTaken
from photos.views.answers import came_from, see_other

SALT = "photos.saved_search"
UNDO_SECONDS = 60 * 60


@require_GET
def saved_searches(request: HttpRequest) -> HttpResponse:
    """List them with what each asks for; for htmx the list alone, as other pages show it."""
    searches = [(search, [say(term) for term in read(search.query).terms]) for search in SavedSearch.objects.all()]
    context: dict[str, object] = {"section": "photos", "searches": searches}
    return render_page(request, "photos/saved_searches.html", context, fragment="list")


@require_http_methods(["GET", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Ask for a name, then keep the search under it."""
    asked = request.POST if request.method == "POST" else request.GET
    wanted = PhotoFilter.from_query(asked)
    if request.method == "GET":
        return _ask(request, wanted)
    name = " ".join(request.POST.get("name", "").split())
    try:
        saved = saving_searches.save(name, wanted.q)
    except NameTaken as error:
        return _ask(request, wanted, name=name, error=str(error))
    toast(request, f"Saved as “{saved.name}”", kind="good", icon="check")
    return _on(request, saved.get_absolute_url())


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one another name."""
    saved = get_object_or_404(SavedSearch, pk=pk)
    try:
        saving_searches.rename(saved, " ".join(request.POST.get("name", "").split()))
    except NameTaken as error:
        toast(request, str(error).rstrip("."), kind="bad", icon="alert")
    return see_other(reverse("photos:saved-searches"))


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop one; its pictures stay where they are."""
    saved = get_object_or_404(SavedSearch, pk=pk)
    token = signing.dumps([saved.name, saved.query], salt=SALT, compress=True)
    saved.delete()
    undo = reverse("photos:restore-search", args=[token])
    toast(request, f"The search “{saved.name}” is deleted", icon="trash", undo_url=undo)
    return see_other(came_from(request))


@require_POST
def restore(request: HttpRequest, token: str) -> HttpResponse:
    """Bring a dropped one back."""
    try:
        name, query = signing.loads(token, salt=SALT, max_age=UNDO_SECONDS)
        saving_searches.save(name, query)
        toast(request, f"The search “{name}” is back", icon="restore")
    except (signing.BadSignature, NameTaken):
        toast(request, "That can no longer be undone", kind="bad", icon="alert")
    return _on(request, reverse("photos:saved-searches"))


def _ask(request: HttpRequest, wanted: PhotoFilter, *, name: str = "", error: str = "") -> HttpResponse:
    context: dict[str, object] = {"section": "photos", "wanted": wanted, "name": name, "error": error}
    return render_page(request, "photos/save_search.html", context, fragment="question")


def _on(request: HttpRequest, address: str) -> HttpResponse:
    """Go on to a page, as htmx or as a browser does."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": address})
    return see_other(address)
