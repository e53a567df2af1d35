"""Being built."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse


def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer."""
    return HttpResponse("")


def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer."""
    return HttpResponse("")


def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer."""
    return HttpResponse("")


def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer."""
    return HttpResponse("")
