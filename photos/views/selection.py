"""What is done to the selected photos."""

import json
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from lib import clock
from photos import tags
from photos.acts.act import NOTHING_SELECTED
from photos.acts.rating import STARS
from photos.choices import TraitKind
from photos.forms import DateForm, WordsForm
from photos.models import Photo, PhotoTrait
from photos.querysets import PhotoQuerySet
from photos.searching.filters import PhotoFilter
from photos.selecting import TRASH, Selection
from photos.views.answers import came_from, nothing, perform

MOST_TAGS = 100


@require_GET
def matching(request: HttpRequest) -> JsonResponse:
    """Count, as JSON, everything the list shows on all its pages, as of this moment."""
    photos = PhotoFilter.from_query(request.GET).narrow(Photo.objects.visible(), is_whole=True)
    photos = Photo.objects.trashed() if request.GET.get("place") == TRASH else photos
    return JsonResponse({"count": photos.count(), "until": clock.now().isoformat()})


@require_POST
def trash_selected(request: HttpRequest) -> HttpResponse:
    """Move the selected photos to the trash."""
    return perform(request, "trash", _selected(request))


@require_POST
def restore_selected(request: HttpRequest) -> HttpResponse:
    """Bring the selected photos back from the trash."""
    return perform(request, "restore", _selected(request))


@require_POST
def restore_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring one photo back from the trash, whatever is selected."""
    return perform(request, "restore", Photo.objects.filter(pk=pk))


@require_POST
def favourite_selected(request: HttpRequest) -> HttpResponse:
    """Make the selected photos favourites."""
    return perform(request, "favourite", _selected(request))


@require_POST
def unfavourite_selected(request: HttpRequest) -> HttpResponse:
    """Make the selected photos no favourites any more."""
    return perform(request, "unfavourite", _selected(request))


@require_POST
def rate_selected(request: HttpRequest) -> HttpResponse:
    """Give the selected photos stars."""
    stars = request.POST.get("rating", "")
    if stars not in {str(number) for number in STARS}:
        return nothing(request, "Choose 0 to 5 stars")
    return perform(request, "rate", _selected(request), stars)


@require_POST
def tag_selected(request: HttpRequest) -> HttpResponse:
    """Ask for tags, then give them to the selected photos."""
    names = ", ".join(tags.names_in(request.POST.get("tags", "")))
    if not names:
        return ask(request, "photos/tag_selected.html", {})
    return perform(request, "tag", _selected(request), names)


@require_POST
def untag_selected(request: HttpRequest) -> HttpResponse:
    """Ask which of their tags the selected photos shall lose, then take those away."""
    names = ", ".join(tags.names_in(", ".join(request.POST.getlist("tags"))))
    if not names:
        return ask(request, "photos/untag_selected.html", {"known": _tags_among(_selected(request))})
    return perform(request, "untag", _selected(request), names)


@require_POST
def edit_selected(request: HttpRequest) -> HttpResponse:
    """Ask for title and description, then write them to the selected photos."""
    form = WordsForm(_answers(request), auto_id="many-%s")
    if not form.is_valid():
        return ask(request, "photos/edit_selected.html", {"form": form})
    return perform(request, "edit", _selected(request), json.dumps(form.changes))


@require_POST
def date_selected(request: HttpRequest) -> HttpResponse:
    """Ask for a date, or by how much dates move, then change those of the selected photos."""
    form = DateForm(_answers(request), auto_id="many-%s")
    if not form.is_valid():
        return ask(request, "photos/date_selected.html", {"form": form, "zone": timezone.get_default_timezone_name()})
    if form.cleaned_data["how"] == DateForm.SHIFT:
        return perform(request, "shift", _selected(request), str(int(form.by.total_seconds())))
    value = json.dumps({"taken_at": form.cleaned_data["taken_at"].isoformat()})
    return perform(request, "edit", _selected(request), value)


@require_POST
def reread_selected(request: HttpRequest) -> HttpResponse:
    """Read the files of the selected photos again."""
    return perform(request, "reread", _selected(request))


def ask(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """Ask something about the selection before anything is done, as a page or as the content of the dialog."""
    selection = Selection.from_post(request.POST)
    count = selection.photos().count()
    if not count:
        return nothing(request, NOTHING_SELECTED)
    context |= {"selection": selection, "count": count, "section": "photos", "address": request.path}
    context["next"] = came_from(request)
    part = "#question" if request.htmx else ""  # type: ignore[attr-defined]
    answer = render(request, template + part, context)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#dialog", "innerHTML"
    return answer


def _answers(request: HttpRequest) -> QueryDict | None:
    """Return what was answered; None when nothing was asked yet."""
    return request.POST if request.POST.get("sure") == "1" else None


def _selected(request: HttpRequest) -> PhotoQuerySet:
    return Selection.from_post(request.POST).photos()


def _tags_among(photos: PhotoQuerySet) -> list[dict[str, object]]:
    """Return the tags of some photos with how many have each, the most frequent first."""
    links = PhotoTrait.objects.filter(trait__kind=TraitKind.TAG, photo__in=photos.order_by().values("pk"))
    counted = links.values("trait__value").annotate(count=Count("pk")).order_by("-count", "trait__value")[:MOST_TAGS]
    return [{"name": row["trait__value"], "count": row["count"]} for row in counted]
