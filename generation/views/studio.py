"""Being built."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse


def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer."""
    return HttpResponse("")
