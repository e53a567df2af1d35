"""Being built."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse


def activity(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse("")


def count(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse("")


def retry_retrieval(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer."""
    return HttpResponse("")


def give_up_retrieval(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer."""
    return HttpResponse("")
