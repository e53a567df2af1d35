"""What htmx asks for: the part of a page that changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class HtmxHttpRequest(HttpRequest):
    """A request as the htmx middleware leaves it."""

    htmx: HtmxDetails


def render_page(
    request: HttpRequest, template: str, context: dict[str, object], *, fragment: str, status: int = 200
) -> HttpResponse:
    """Render the whole page, or for htmx only its ``fragment``.

    A history restore is htmx asking for the whole page. The answer says that it varies by who asks.
    """
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    wants_part = bool(htmx) and not htmx.history_restore_request and not htmx.boosted
    response = render(request, f"{template}#{fragment}" if wants_part else template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
