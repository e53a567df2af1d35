"""Two to nine pictures side by side."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from generation.comparisons import comparing
from generation.comparisons.comparing import Beside
from generation.sessions import choosing
from lib.own_pages import own_page
from photos.selecting import Selection, keys_of
from photos.views.answers import nothing, see_other


@never_cache
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the pictures the address names as ``photo``, and in what they differ; for htmx what stands under each."""
    asked = keys_of(request.GET.getlist("photo"))
    pictures = comparing.beside(asked)
    if request.htmx and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        return render(request, "generation/_compare_news.html", {"pictures": pictures})
    context = {
        "section": "studio",
        "pictures": pictures,
        "lines": comparing.lines(pictures),
        "missing": len(set(asked[: comparing.MOST])) - len(pictures),
        "left_out": max(0, len(set(asked)) - comparing.MOST),
        "back": _back(request, pictures),
    }
    return render(request, "generation/compare.html", context)


@require_POST
def compare_selected(request: HttpRequest) -> HttpResponse:
    """Lead from the library's selection to the comparison."""
    keys = list(Selection.from_post(request.POST).photos().values_list("pk", flat=True)[: comparing.MOST + 1])
    if not comparing.FEWEST <= len(keys) <= comparing.MOST:
        return nothing(request, "Tick two to nine pictures to compare them")
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": address_of(keys)})
    return see_other(address_of(keys))


@require_POST
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose a picture in the step that made it, or take that back; answer with what stands under the pictures."""
    keys = keys_of(request.POST.getlist("photo"))
    mine = next((one for one in comparing.beside([pk]) if one.step), None)
    if mine and mine.step:
        if request.POST.get("choice") == "none":
            choosing.choose_none(mine.step)
        else:
            choosing.choose(mine.step, pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return see_other(address_of(keys))
    pictures = comparing.beside(keys)
    return render(request, "generation/_compare_news.html", {"pictures": pictures})


def address_of(photos: list[UUID]) -> str:
    """Return where pictures are compared."""
    return f"{reverse('generation:compare')}?{'&'.join(f'photo={pk}' for pk in photos)}"


def _back(request: HttpRequest, pictures: list[Beside]) -> str:
    """Return the page of ours that led here, else the step that made the first picture, else the library."""
    came_from = own_page(request, request.headers.get("referer", ""))
    if came_from and not came_from.startswith(reverse("generation:compare")):
        return came_from
    made = next((one for one in pictures if one.step), None)
    if made is None:
        return reverse("photos:timeline")
    return f"{reverse('generation:session', args=[made.session])}?step={made.step}&image={made.photo.pk}"
