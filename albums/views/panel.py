"""The albums of one photo, as a part of its page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from albums.models import Album
from lib.htmx import render_page
from photos.models import Photo


@require_GET
def for_photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show which albums a photo is in, with the way into another one."""
    shown = get_object_or_404(Photo.objects.filter(purged_at=None), pk=pk)
    albums = Album.objects.filter(albumphoto__photo=pk).order_by("name", "pk")
    context: dict[str, object] = {"photo": shown, "albums": albums, "section": "albums"}
    return render_page(request, "albums/for_photo.html", context, fragment="panel")
