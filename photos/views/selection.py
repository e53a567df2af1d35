"""What is done to the ticked photos, and the way back from it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from lib.toasts import toast
from photos import trashing, undo
from photos.models import Photo
from photos.querysets import PhotoQuerySet
from photos.undo import Act
from photos.views import answers
from photos.views.answers import came_from, pictures, say, see_other
from photos.views.timeline import identifiers


@require_POST
def trash_selected(request: HttpRequest) -> HttpResponse:
    """Move the ticked photos to the trash."""
    chosen = _chosen(request).filter(deleted_at=None)
    keys = list(chosen.values_list("pk", flat=True))
    if not keys:
        return _nothing_chosen(request)
    trashing.trash(Photo.objects.filter(pk__in=keys))
    say(request, f"{pictures(len(keys))} moved to the trash", Act.TRASH, keys, icon="trash")
    return answers.gone(request, keys)


@require_POST
def restore_selected(request: HttpRequest) -> HttpResponse:
    """Bring the ticked photos back from the trash."""
    return restore(request, _chosen(request))


@require_POST
def restore_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring one photo back from the trash, whatever is ticked."""
    return restore(request, Photo.objects.filter(pk=pk))


@require_POST
def favourite_selected(request: HttpRequest) -> HttpResponse:
    """Make the ticked photos favourites."""
    keys = list(_chosen(request).filter(is_favorite=False).values_list("pk", flat=True))
    if not keys:
        return _nothing_chosen(request, "All of them are favourites already")
    Photo.objects.filter(pk__in=keys).mark_favourite(on=True)
    say(request, f"{pictures(len(keys))} added to favourites", Act.FAVOURITE, keys, icon="heart")
    return answers.marked(request, keys, favourite=True)


@require_POST
def undo_act(request: HttpRequest, token: str) -> HttpResponse:
    """Take back what was just done."""
    done = undo.recall(request.session, token)
    if not done:
        toast(request, "That can no longer be undone. Pictures in the trash can be restored there", icon="alert")
        return answers.back(request, [])
    act, keys = done
    toast(request, f"{act.label}: {pictures(len(keys))}", icon="restore")
    return _take_back(request, act, keys)


def restore(request: HttpRequest, photos: PhotoQuerySet) -> HttpResponse:
    """Bring photos back from the trash, and say so."""
    keys = list(photos.trashed().values_list("pk", flat=True))
    if not keys:
        return _nothing_chosen(request)
    trashing.restore(Photo.objects.filter(pk__in=keys))
    say(request, f"{pictures(len(keys))} restored", Act.RESTORE, keys, icon="restore")
    return answers.gone(request, keys)


def _take_back(request: HttpRequest, act: Act, keys: list[UUID]) -> HttpResponse:
    photos = Photo.objects.filter(pk__in=keys)
    if act in {Act.FAVOURITE, Act.UNFAVOURITE}:
        photos.mark_favourite(on=act == Act.UNFAVOURITE)
        return answers.marked(request, keys, favourite=act == Act.UNFAVOURITE)
    (trashing.restore if act == Act.TRASH else trashing.trash)(photos)
    return answers.back(request, keys)


def _chosen(request: HttpRequest) -> PhotoQuerySet:
    return Photo.objects.filter(pk__in=identifiers(request.POST.getlist("photo")))


def _nothing_chosen(request: HttpRequest, text: str = "Tick some pictures first") -> HttpResponse:
    toast(request, text, icon="info")
    return answers.back(request, []) if request.htmx else see_other(came_from(request))  # type: ignore[attr-defined]
