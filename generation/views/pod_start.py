"""The owner's word to start a pod, after its price was shown."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clients.errors import RemoteRejected
from generation.renting import asking
from lib.htmx import render_page
from lib.toasts import toast
from settings_app.models import Pod
from settings_app.pods import replacing, work

NOT_AGAIN = {"csrfmiddlewaretoken", "pod"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask with the price; when that was confirmed, start."""
    return _asked(request, "generation/pod_start.html", asking.start, {"offer": asking.offer()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest) -> HttpResponse:
    """Ask, with the price and what is lost; then rent another pod in place of one that cannot be woken."""
    present = Pod.objects.current()
    if present is None or not replacing.can_be_replaced(present):
        toast(request, "No pod waits for its card", icon="info")
        return redirect("generation:pod")
    shown = {"offer": asking.offer(is_new=True), "pod": present, "load": work.load_on(present.server)}
    return _asked(request, "generation/pod_replace.html", asking.replace, shown)


def _asked(request: HttpRequest, template: str, start: Callable[[], Pod], shown: dict[str, object]) -> HttpResponse:
    fault = ""
    if request.method == "POST":
        try:
            start()
        except RemoteRejected as refusal:
            fault = str(refusal)
        else:
            toast(request, "The pod is being started", icon="play")
            return redirect("generation:pod")
    context = {"section": "settings", "fault": fault, **shown}
    return render_page(request, template, context, fragment="question", status=422 if fault else 200)


def before_starting(request: HttpRequest) -> HttpResponse:
    """Ask whether to start the pod a request would wait for; the answer brings the request back as it was sent."""
    sent = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name not in NOT_AGAIN]
    context = {"section": "studio", "offer": asking.offer(), "sent": sent, "action": request.path}
    return render(request, "generation/pod_before.html", context)
