"""The rented pod: its page, the bar, and the owner's word to start and to stop it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.errors import RemoteRejected
from generation.renting import asking, bar, costing, limits
from lib import clock
from lib.htmx import render_page
from lib.toasts import toast
from photos.views.answers import came_from
from settings_app.models import ApplicationSettings, Pod, StrayPod
from settings_app.pods import stopping, work
from settings_app.pods.choices import COMING, State

SHOWN_PODS = 8
NOT_AGAIN = {"csrfmiddlewaretoken", "pod"}


@never_cache
@require_safe
def pod(request: HttpRequest) -> HttpResponse:
    """Show how the pod is, what it costs, and what it did cost."""
    now = clock.now()
    present = Pod.objects.current()
    context: dict[str, object] = {
        "section": "settings",
        "pod": present,
        "bar": bar.bar(now),
        "may_start": present is None or present.state in (State.STOPPED, State.ERROR),
        "may_end": present is not None and present.state == State.STOPPED,
        "has_key": bool(ApplicationSettings.load().runpod_api_key),
        "sessions": costing.recent(now),
        "months": costing.months(now),
        "month": costing.this_month(now),
        "limits": limits.Limits.now(),
        "strays": StrayPod.objects.filter(gone_at=None),
        "earlier": Pod.objects.order_by("-created_at")[:SHOWN_PODS],
    }
    return render(request, "generation/pod.html", context)


@never_cache
@require_safe
def pod_bar(request: HttpRequest) -> HttpResponse:
    """Return the bar as it is now; nothing while no money can be running."""
    now = clock.now()
    return render(request, "_cost_bar.html", {"bar": bar.bar(now) or bar.farewell(now)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask with the price; when that was confirmed, start."""
    fault = ""
    if request.method == "POST":
        try:
            asking.start()
        except RemoteRejected as refusal:
            fault = str(refusal)
        else:
            toast(request, "The pod is being started", icon="play")
            return redirect("generation:pod")
    context: dict[str, object] = {"section": "settings", "offer": asking.offer(), "fault": fault}
    return render_page(request, "generation/pod_start.html", context, fragment="question", status=422 if fault else 200)


def before_starting(request: HttpRequest) -> HttpResponse:
    """Ask whether to start the pod a request would wait for; the answer brings the request back as it was sent."""
    sent = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name not in NOT_AGAIN]
    context = {"section": "studio", "offer": asking.offer(), "sent": sent, "action": request.path}
    return render(request, "generation/pod_before.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest) -> HttpResponse:
    """Ask what becomes of what is under way; then stop once it is fetched, or at once on the owner's explicit word."""
    present = Pod.objects.awake().first()
    if present is None:
        toast(request, "No pod is running", icon="info")
        return redirect("generation:pod")
    load = work.load_on(present.server)
    if request.method != "POST":
        context: dict[str, object] = {
            "section": "settings",
            "pod": present,
            "load": load,
            "is_coming": present.state in COMING,
        }
        return render_page(request, "generation/pod_stop.html", context, fragment="question")
    at_once = request.POST.get("how") == "now"
    is_told = stopping.stop_now(present) if at_once else stopping.drain(present)
    if is_told:
        told = "The pod is being stopped" if at_once or load.is_finished else "It stops once everything is here"
        toast(request, told, icon="stop")
    return redirect(came_from(request))


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Let a pod that was about to stop go on."""
    present = Pod.objects.current()
    kept = present is not None and stopping.keep(present)
    toast(request, "The pod goes on" if kept else "It is too late: the pod is being stopped", icon="info")
    return redirect(came_from(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """Ask, then delete a sleeping pod with its disk."""
    present = Pod.objects.filter(state=State.STOPPED, replaced_at=None).first()
    if present is None:
        toast(request, "No pod sleeps", icon="info")
        return redirect("generation:pod")
    if request.method == "POST":
        stopping.end(present)
        toast(request, "The pod is being deleted", icon="trash")
        return redirect("generation:pod")
    context: dict[str, object] = {"section": "settings", "pod": present, "load": work.load_on(present.server)}
    return render_page(request, "generation/pod_end.html", context, fragment="question")
