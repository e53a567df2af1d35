"""The pages visitors see."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lib import clock
from lib.htmx import render_page
from photos.models import Photo
from settings_app.door.addresses import client_address
from sharing import closing, gate, proofs, reach, showing, tries, visits
from sharing.choices import Wish
from sharing.forms import PASSWORD_LIMIT
from sharing.gate import Admission, through_gate
from sharing.models import SharedLink

# What of an album's page is wanted, by what of it is replaced.
PARTS = {"pager": "more", "pager-above": "earlier"}


@through_gate(Wish.PAGE)
def visit(request: HttpRequest, admission: Admission) -> HttpResponseBase:
    """Show what the link shows: its photo, or a page of its album."""
    link = admission.link
    answer = _album(request, link) if link.album_id else _single(request, admission)
    visits.note(link, request, answer)
    return answer


@through_gate(Wish.PHOTO)
def photo(request: HttpRequest, admission: Admission) -> HttpResponseBase:
    """Show one picture of an album, or one that the shared picture grew from."""
    context = showing.photo_page(admission, admission.photo)
    answer = render_page(request, "sharing/photo.html", context, fragment="viewer")
    visits.note(admission.link, request, answer)
    return answer


@login_not_required
# The page sends no referrer, for which browsers send no origin either, so there is nothing to compare. And there is
# nothing to forge: who makes a visitor's browser send a password must know the link and the password.
@csrf_exempt
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest, key: str) -> HttpResponseBase:
    """Look at a password, unless this came too soon after wrong ones; the right one opens the link's pages.

    Who opens the address as it stands above a refusal is sent to where the password is asked for.
    """
    if request.method != "POST":
        return closing.with_headers(redirect("sharing:visit", key))
    try:
        link = gate.knock(key)
    except gate.Closed:
        return closing.with_headers(closing.closed(request))
    pk = _photo(request.POST.get("photo", ""))
    wait = _refusal(request, link)
    return closing.with_headers(_opened(request, link, pk) if wait is None else closing.locked(request, link, pk, wait))


def _refusal(request: HttpRequest, link: SharedLink) -> timedelta | None:
    """Return how long the visitor must wait before the next try; None when the password is right, or there is none."""
    if not link.password:
        return None
    visitor, now = client_address(request), clock.now()
    if wait := tries.charge(link, visitor, now=now):
        return wait
    given = request.POST.get("password", "")
    if len(given) <= PASSWORD_LIMIT and check_password(given, link.password):
        return None
    return tries.wait_left(link, visitor, now=now)


def _opened(request: HttpRequest, link: SharedLink, pk: UUID | None) -> HttpResponse:
    answer = redirect("sharing:photo", link.access_key, pk) if pk else redirect(link.address)
    if link.password:
        tries.forgive(link, client_address(request))
        proofs.give(link, answer)
    return answer


def _single(request: HttpRequest, admission: Admission) -> HttpResponse:
    shown = admission.link.photo
    context = {**showing.photo_page(admission, shown), **showing.preview(request, admission.link, shown)}
    return render(request, "sharing/photo.html", {**context, "words": showing.words(admission.link)})


def _album(request: HttpRequest, link: SharedLink) -> HttpResponse:
    try:
        page = reach.page(link, request.GET)
    except Photo.DoesNotExist as gone:
        raise gate.Closed from gone
    first = reach.number(link, page.rows[0]) if page.preceding else 1
    context = {"link": link, "page": page, "pictures": showing.pictures(link, page.rows, first)}
    part = PARTS.get(request.htmx.target or "")  # type: ignore[attr-defined]
    if part is None or request.htmx.history_restore_request:  # type: ignore[attr-defined]
        context |= _around(request, link, page.rows)
    return render_page(request, "sharing/visit.html", context, fragment=part or "more")


def _around(request: HttpRequest, link: SharedLink, rows: list[Photo]) -> dict[str, object]:
    """Return what the page of an album says around its pictures."""
    return {
        "heading": showing.heading(link),
        "words": showing.words(link),
        "count": reach.count_all(link),
        "first": rows[0] if rows else None,
        **showing.preview(request, link, reach.cover(link)),
    }


def _photo(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@login_not_required
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer for every other address below the links as for a key that is none."""
    return closing.with_headers(closing.closed(request))
