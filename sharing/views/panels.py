"""The links of one photo or album, which its page loads by itself."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lib import clock
from sharing import telling
from sharing.models import SharedLink
from sharing.querysets import SharedLinkQuerySet


@require_safe
def for_photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the links to a photo that work now."""
    return _panel(request, SharedLink.objects.filter(photo=pk))


@require_safe
def for_album(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the links to an album that work now."""
    return _panel(request, SharedLink.objects.filter(album=pk))


def _panel(request: HttpRequest, links: SharedLinkQuerySet) -> HttpResponse:
    running = links.running(now=clock.now()).select_related("photo", "album")
    rows = [
        {"link": link, "address": request.build_absolute_uri(link.address), "until": telling.until(link)}
        for link in running
    ]
    return render(request, "sharing/panel.html", {"rows": rows})
