"""How the pages of albums answer a POST."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

LATE = "That can no longer be undone"


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Go on to a page of ours, as htmx or as a browser does."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
