"""The strip that shows a picture among what it was made from and what it led to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from lib.htmx import render_page
from photos.about import details
from photos.lineage import lineage
from photos.models import Photo
from photos.timeline.lists import list_in


@require_GET
def strip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the kin of one photo, as a page or as a part of the photo's page; nothing there when it has none."""
    shown = get_object_or_404(Photo.objects.filter(purged_at=None), pk=pk)
    context: dict[str, object] = {
        "photo": shown,
        "heading": details.heading(shown),
        "kin": lineage(shown),
        "query": list_in(request.GET).query,
        "section": "photos",
    }
    return render_page(request, "photos/lineage.html", context, fragment="strip")
