"""Being built."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse


def server_state(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse("")


def for_photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer."""
    return HttpResponse("")
