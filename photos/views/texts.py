"""The texts a picture's file carries, as its generator wrote them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from lib.htmx import render_page
from photos.about import details, parameters
from photos.models import Photo


@require_GET
def texts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the raw texts of one photo, as a page or as a part of the photo's page, which asks when it is unfolded."""
    shown = get_object_or_404(Photo.objects.filter(purged_at=None), pk=pk)
    context: dict[str, object] = {
        "photo": shown,
        "heading": details.heading(shown),
        "texts": parameters.raw_texts(shown),
        "section": "photos",
    }
    return render_page(request, "photos/texts.html", context, fragment="texts")
