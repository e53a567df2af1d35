"""Being built."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse


def session_list(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse("")
