"""The owner's links: the list of them, one with what it shows, making one, and ending it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from albums.models import Album
from lib import clock, paging
from lib.htmx import render_page
from lib.toasts import toast
from photos.models import Photo
from photos.views.answers import came_from
from settings_app import library
from sharing import drawing, ending, making, packing, telling
from sharing.forms import LinkForm
from sharing.listing import links_with_target
from sharing.models import SharedLink

PAGE_SIZE = 50


@require_GET
def links(request: HttpRequest) -> HttpResponse:
    """List all links, the newest first."""
    page = paging.page(links_with_target(), request.GET, by="created_at", size=PAGE_SIZE)
    known = (link.cover for link in page.rows)  # type: ignore[attr-defined]
    covers = Photo.objects.for_grid().in_bulk([pk for pk in known if pk])
    rows = [_row(request, link, covers) for link in page.rows]
    return render(request, "sharing/links.html", {"rows": rows, "page": page, "section": "shared"})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one link with everything a visitor can reach through it, and change it."""
    shown = get_object_or_404(links_with_target(), pk=pk)
    form = LinkForm(request.POST or None, days=library.link_days(), link=shown)
    if request.method == "POST" and form.is_valid():
        making.change(shown, form.rules())
        packing.ask_to_measure(shown)
        toast(request, "Link changed. It shows this from now on", kind="good")
        return redirect(shown.get_absolute_url())
    return render(request, "sharing/link.html", {**_about(request, shown), "form": form})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask what a new link is to show, in the dialog or as a page, and make it."""
    target = _target(request)
    form = LinkForm(request.POST or None, days=library.link_days())
    if request.method == "POST" and form.is_valid():
        return _made(request, making.make(target, form.rules()))
    context: dict[str, object] = {
        "form": form,
        "target": target,
        "address": request.get_full_path(),
        "section": "shared",
    }
    return _in_dialog(request, "sharing/new.html", {**context, "has_source": _has_source(target)}, "question")


@never_cache
@require_GET
def code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the address of a link as a code to be photographed, in the dialog."""
    shown = _link(pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{shown.get_absolute_url()}#qr")
    address = request.build_absolute_uri(shown.address)
    context = {"link": shown, "address": address, "qr_code": drawing.qr_code(address)}
    return render(request, "sharing/code.html", context)


@require_POST
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a link at once."""
    _link(pk)
    if ending.revoke(SharedLink.objects.filter(pk=pk), now=clock.now()):
        toast(
            request,
            "Link revoked. It opens nothing any more",
            icon="link",
            undo_url=reverse("sharing:reopen", args=[pk]),
        )
    return _answer(request)


@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a revocation back."""
    _link(pk)
    if ending.reopen(SharedLink.objects.filter(pk=pk)):
        toast(request, f"The link {telling.until(_link(pk))} again", kind="good")
    return _answer(request)


@require_POST
def extend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a link as much more time as a new one gets."""
    _link(pk)
    if ending.extend(
        SharedLink.objects.filter(pk=pk), days=library.link_days() or library.LINK_DAYS_AT_FIRST, now=clock.now()
    ):
        toast(request, f"The link {telling.until(_link(pk))}", kind="good")
    return _answer(request)


def _made(request: HttpRequest, link: SharedLink) -> HttpResponse:
    packing.ask_to_measure(link)
    if not request.htmx:  # type: ignore[attr-defined]
        toast(request, f"Link made, {telling.until(link)}", kind="good", icon="link")
        return redirect(link.get_absolute_url())
    return _in_dialog(request, "sharing/new.html", _about(request, link), "made")


def _in_dialog(request: HttpRequest, template: str, context: dict[str, object], part: str) -> HttpResponse:
    answer = render_page(request, template, context, fragment=part)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#dialog", "innerHTML"
    return answer


def _answer(request: HttpRequest) -> HttpResponse:
    """Answer with the page the act was asked on, as it is now."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(came_from(request))
    return HttpResponse(headers={"HX-Refresh": "true"})


def _about(request: HttpRequest, link: SharedLink) -> dict[str, object]:
    address = request.build_absolute_uri(link.address)
    return {
        "link": link,
        "section": "shared",
        "has_source": bool(link.photo and link.photo.source_image_id),
        "address": address,
        "until": telling.until(link),
        "badge": telling.badge(link),
        "reached": telling.reached(link),
        "qr_code": drawing.qr_code(address),
    }


def _row(request: HttpRequest, link: SharedLink, covers: dict[UUID, Photo]) -> dict[str, object]:
    picture = link.photo or covers.get(link.cover)  # type: ignore[attr-defined]
    return {
        "link": link,
        "picture": picture,
        "address": request.build_absolute_uri(link.address),
        "until": telling.until(link),
        "badge": telling.badge(link),
    }


def _target(request: HttpRequest) -> Photo | Album:
    if photo := _key(request.GET.get("photo", "")):
        shown: Photo = get_object_or_404(Photo.objects.visible(), pk=photo)
        return shown
    if album := _key(request.GET.get("album", "")):
        there: Album = get_object_or_404(Album.objects.all(), pk=album)
        return there
    raise Http404


def _has_source(target: Photo | Album) -> bool:
    return isinstance(target, Photo) and target.source_image_id is not None


def _link(pk: UUID) -> SharedLink:
    found: SharedLink = get_object_or_404(SharedLink.objects.select_related("photo", "album"), pk=pk)
    return found


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
