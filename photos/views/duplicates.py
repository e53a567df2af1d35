"""Pictures that look alike, side by side, for the owner to decide."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from lib.htmx import render_page
from lib.toasts import toast
from photos.duplicates import grouping, keeping
from photos.duplicates.models import DuplicateDecision
from photos.views.answers import pictures, see_other

LATE = "That was decided already, or a picture is no longer here. Nothing was changed"


@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Show what waits for a decision, the most alike first."""
    return _page(request, request.GET.get("page", ""))


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Keep the picture that ``keep`` names, or with ``all`` every one of the group."""
    photos = _keys(request.POST.getlist("photo"))
    try:
        _tell(request, *_decide(photos, request.POST.get("keep", "")))
    except keeping.AlreadyDecided:
        toast(request, LATE, icon="info")
    number = request.POST.get("page", "")
    if request.htmx:  # type: ignore[attr-defined]
        return _page(request, number)
    return see_other(f"{reverse('photos:duplicates')}?page={_number(number)}")


@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a decision back, and show the group again."""
    done = keeping.undo(pk)
    toast(request, "Taken back: everything is as it was" if done else "That was taken back before", icon="restore")
    address = reverse("photos:duplicates")
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": address})
    return see_other(address)


def _decide(photos: list[UUID], keep: str) -> tuple[DuplicateDecision, str]:
    """Do what was asked, and say it."""
    if keep == "all":
        return keeping.keep_all(photos), f"All {len(photos)} kept"
    kept = next((pk for pk in photos if str(pk) == keep), None)
    if kept is None:
        raise keeping.AlreadyDecided
    decision = keeping.keep_one(kept, [pk for pk in photos if pk != kept])
    return decision, f"One kept, {pictures(len(decision.before['trashed']))} moved to the trash"


def _tell(request: HttpRequest, decision: DuplicateDecision, text: str) -> None:
    toast(request, text, icon="check", undo_url=reverse("photos:undo-duplicates", args=[decision.pk]))


def _page(request: HttpRequest, number: str) -> HttpResponse:
    context: dict[str, object] = {"page": grouping.page_of(_number(number)), "section": "duplicates"}
    return render_page(request, "photos/duplicates.html", context, fragment="groups")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _keys(texts: list[str]) -> list[UUID]:
    """Return the keys the page named, each once; nonsense means that nothing is decided."""
    try:
        return list(dict.fromkeys(UUID(text) for text in texts[:100]))
    except ValueError:
        return []
