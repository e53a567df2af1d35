"""How the pages of albums answer a POST."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lib.own_pages import own_page

LATE = "That can no longer be undone"


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Go on to a page of ours, as htmx or as a browser does."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def go_back(request: HttpRequest, address: str) -> HttpResponse:
    """Go back to the page of ours on which htmx was asked; without htmx, to a page of ours."""
    current = request.htmx.current_url or ""  # type: ignore[attr-defined]
    return go(request, own_page(request, current) or address)
