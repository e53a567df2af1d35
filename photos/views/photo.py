"""One picture: the viewer, everything known about it, and what can be done with it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from lib import clock
from lib.htmx import render_page
from photos import expiring, tags
from photos.about import details, parameters
from photos.acts import act_for, acting
from photos.models import Photo
from photos.timeline.lists import list_in
from photos.timeline.neighbours import Neighbours
from photos.views.answers import came_from, news, say, see_other
from settings_app import library


@require_GET
def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one photo, with its neighbours in the list the address tells of."""
    shown = get_object_or_404(Photo.objects.filter(purged_at=None), pk=pk)
    if not shown.opened_lately(now=clock.now()):
        Photo.objects.note_opened(pk, now=clock.now())
    return _viewer(request, shown)


@require_POST
def favourite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make one photo a favourite, or none, as ``on`` says; answer with its button, and the way back."""
    is_on = request.POST.get("on") == "1"
    act = act_for("favourite" if is_on else "unfavourite")
    if marked := acting.begin(act, Photo.objects.filter(pk=pk)):
        say(request, marked, "Added to favourites" if is_on else "Removed from favourites")
    shown = get_object_or_404(Photo, pk=pk)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "photos/photo.html#favourite", {"photo": shown})
    return see_other(came_from(request))


@require_POST
def trash_photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move one photo to the trash and go on to the next, else the one before, else the timeline."""
    wanted = list_in(request.GET)
    shown = get_object_or_404(Photo, pk=pk)
    around = wanted.neighbours(shown)
    if trashed := acting.begin(act_for("trash"), Photo.objects.filter(pk=pk)):
        say(request, trashed, "Moved to the trash")
    following = around.older or around.newer
    address = following.get_absolute_url() if following else reverse("photos:timeline")
    answer = _go_on(request, following, address + wanted.query)
    answer["HX-Trigger"] = news("photos:gone", [pk])
    return answer


def _go_on(request: HttpRequest, following: Photo | None, address: str) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return see_other(address)
    if not following:
        return HttpResponse(headers={"HX-Redirect": address})
    answer = _viewer(request, Photo.objects.get(pk=following.pk))
    answer["HX-Replace-Url"] = address
    return answer


def _viewer(request: HttpRequest, shown: Photo) -> HttpResponse:
    wanted = list_in(request.GET)
    around = wanted.neighbours(shown) if shown.is_here else Neighbours(None, None)
    context: dict[str, object] = {
        "photo": shown,
        "heading": details.heading(shown),
        "wanted": wanted,
        "around": around,
        "back": wanted.back(around),
        "made_with": details.made_with(shown),
        "more_parameters": parameters.more_parameters(shown),
        "has_texts": parameters.has_texts(shown),
        "camera": details.camera(shown),
        "place": details.place(shown),
        "file_facts": details.file_facts(shown),
        "tags": tags.tags_of(shown.pk),
    }
    if shown.in_trash:
        context["leaves_at"] = expiring.leaves_at(shown, library.trash_time())
    return render_page(request, "photos/photo.html", context, fragment="viewer")
