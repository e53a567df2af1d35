"""The owner's word to stop a pod, to keep it, to delete it, or what else bears its name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from clients.errors import RemoteError
from generation.renting import acts
from lib.htmx import render_page
from lib.toasts import toast
from photos.views.answers import came_from
from settings_app.models import Pod, StrayPod
from settings_app.pods import reconciling, stopping, work
from settings_app.pods.choices import COMING


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
    present = Pod.objects.current()
    if present is None or not acts.may_end(present):
        toast(request, "There is no pod to delete", icon="info")
        return redirect("generation:pod")
    if request.method == "POST":
        stopping.end(present)
        toast(request, "The pod is being deleted", icon="trash")
        return redirect("generation:pod")
    context: dict[str, object] = {"section": "settings", "pod": present, "load": work.load_on(present.server)}
    return render_page(request, "generation/pod_end.html", context, fragment="question")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest) -> HttpResponse:
    """Ask, then take the owner's word that a pod of another account is gone."""
    present = Pod.objects.current()
    if present is None or not present.is_out_of_sight:
        toast(request, "RunPod can be asked about every pod", icon="info")
        return redirect("generation:pod")
    if request.method == "POST":
        stopping.forget(present)
        toast(request, "The pod is forgotten", icon="check")
        return redirect("generation:pod")
    context: dict[str, object] = {"section": "settings", "pod": present}
    return render_page(request, "generation/pod_forget.html", context, fragment="question")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete_stray(request: HttpRequest, pod_id: str) -> HttpResponse:
    """Ask, then delete a pod that bears our name and is not ours to know."""
    stray = get_object_or_404(StrayPod, pk=pod_id, gone_at=None)
    fault = ""
    if request.method == "POST":
        try:
            reconciling.delete(stray)
        except RemoteError as failure:
            fault = str(failure)
        else:
            toast(request, f"{stray.pod_id} is deleted", icon="trash")
            return redirect("generation:pod")
    context: dict[str, object] = {"section": "settings", "stray": stray, "fault": fault}
    status = 502 if fault else 200
    return render_page(request, "generation/pod_stray.html", context, fragment="question", status=status)
