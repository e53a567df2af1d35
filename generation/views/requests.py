"""Being built."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse


def new_session(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse("")


def model_fields(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse("")


def new_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer."""
    return HttpResponse("")
