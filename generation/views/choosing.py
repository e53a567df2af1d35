"""Being built."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse


def choose(request: HttpRequest, pk: UUID, image: UUID) -> HttpResponse:
    """Answer."""
    return HttpResponse("")
