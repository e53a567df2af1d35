"""The way to any date: years and months with what they hold, as the scrubber, as a dialog and as a page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from lib.htmx import render_page
from photos.searching.filters import PhotoFilter
from photos.timeline.months import pictures, total, years_of


@require_GET
def months(request: HttpRequest) -> HttpResponse:
    """Show the months of the wanted photos; for htmx the scrubber's ticks, or what the dialog holds."""
    wanted = PhotoFilter.from_query(request.GET)
    years = years_of(wanted)
    context: dict[str, object] = {
        "section": "photos",
        "wanted": wanted,
        "years": years,
        "found": _found(total(years)) if wanted.is_on else "",
        "address": f"{wanted.query[1:]}&" if wanted.query else "",
    }
    fragment = "dialog" if request.htmx.target == "dialog" else "scrubber"  # type: ignore[attr-defined]
    return render_page(request, "photos/months.html", context, fragment=fragment)


def _found(count: int) -> str:
    """Return what is said of a search; that nothing matches stands on the page."""
    return pictures(count) if count else ""
