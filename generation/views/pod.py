"""The page of the rented pod, and the bar."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from generation.renting import acts, bar, costing, limits, phases
from lib import clock
from lib.htmx import render_page
from settings_app.models import ApplicationSettings, Pod, StrayPod
from settings_app.pods import storage
from settings_app.pods.choices import State

SHOWN_PODS = 8


@never_cache
@require_safe
def pod(request: HttpRequest) -> HttpResponse:
    """Show how the pod is, what it costs, and what it did cost."""
    now, present = clock.now(), Pod.objects.current()
    allowed, spent = limits.Limits.now(), limits.spent(now)
    has_key = bool(ApplicationSettings.load().runpod_api_key)
    context: dict[str, object] = {
        "section": "settings",
        "pod": present,
        "bar": bar.bar(now),
        "acts": acts.acts(present, has_key=has_key),
        "has_key": has_key,
        "phases": phases.phases(present) if present else [],
        "limits": allowed,
        "ends_at": spent.began_at + allowed.longest if spent.began_at else None,
        "disk_month": storage.month_of_own_disk(present) if present and present.state == State.STOPPED else None,
    }
    if not request.htmx:  # type: ignore[attr-defined]
        context |= {
            "sessions": costing.recent(now),
            "months": costing.months(now),
            "month": spent.month,
            "strays": StrayPod.objects.filter(gone_at=None),
            "earlier": Pod.objects.order_by("-created_at")[:SHOWN_PODS],
        }
    return render_page(request, "generation/pod.html", context, fragment="now")


@never_cache
@require_safe
def pod_bar(request: HttpRequest) -> HttpResponse:
    """Return the bar as it is now; nothing while no money can be running."""
    now = clock.now()
    return render(request, "_cost_bar.html", {"bar": bar.bar(now) or bar.farewell(now)})
