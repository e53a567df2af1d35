"""A new session: from nothing, from a template, or from any photo."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from generation.asking.beginning import Use, begin_from
from generation.asking.offers import Offers
from generation.forms import RequestForm
from generation.showing.studio import Studio
from generation.views.pages import form_like, studio_page
from lib.toasts import toast
from photos.models import Photo
from photos.selecting import Selection
from photos.views.answers import came_from

GONE = "That picture is not in the library any more"
ONE = "Select one picture to begin with"


def begin(request: HttpRequest) -> HttpResponse:
    """Show the form of a new session, which begins with what the address names."""
    asked = request.GET.get("photo", "")
    if not asked:
        return studio_page(request, Studio(None, []), form_like(None, template=request.GET.get("template", "")))
    photo = _photo(asked)
    if photo is None:
        toast(request, GONE, icon="alert")
        return redirect("generation:new-session")
    offers = Offers.now()
    begun = begin_from(photo, _use(request.GET.get("use", "")), offers)
    form = RequestForm(offers=offers, initial=begun.values)
    return studio_page(request, Studio(None, []), form, beginning=begun, begun_from=photo)


@require_POST
def begin_with_selected(request: HttpRequest) -> HttpResponse:
    """Begin with the one photo that is selected."""
    chosen = list(Selection.from_post(request.POST).photos()[:2])
    is_htmx = bool(request.htmx)  # type: ignore[attr-defined]
    if len(chosen) == 1:
        address = f"{reverse('generation:new-session')}?photo={chosen[0].pk}&use={Use.REFINE}"
        return HttpResponse(headers={"HX-Redirect": address}) if is_htmx else redirect(address)
    toast(request, ONE, icon="info")
    return HttpResponse() if is_htmx else redirect(came_from(request))


def _use(asked: str) -> Use:
    return Use(asked) if asked in list(Use) else Use.REFINE


def _photo(asked: str) -> Photo | None:
    try:
        return Photo.objects.filter(pk=UUID(asked), deleted_at=None, purged_at=None).first()
    except ValueError:
        return None
