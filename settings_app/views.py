"""The sign of life, the theme, and the page of settings."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.errors import RemoteError
from lib.htmx import render_page
from lib.own_pages import own_page
from lib.queue import enqueue
from lib.toasts import toast
from settings_app import connections, probing, resetting, tasks
from settings_app.choices import BackendMode
from settings_app.looks import THEMES
from settings_app.models import ApplicationSettings, Pod
from settings_app.pods import reaching, trying, work
from settings_app.settings_page import SettingsPage

A_YEAR = 60 * 60 * 24 * 365


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Tell whether the gallery and its database answer, and nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})


@login_not_required
@require_POST
def switch_theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in this browser; without a choice, take the one not chosen last."""
    chosen = request.POST.get("theme")
    if chosen not in THEMES:
        chosen = "dark" if request.COOKIES.get("theme") == "light" else "light"
    response = HttpResponseRedirect(_page_before(request))
    response.set_cookie(
        "theme", chosen, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def _page_before(request: HttpRequest) -> str:
    return own_page(request, request.headers.get("Referer", "")) or resolve_url(settings.LOGIN_REDIRECT_URL)


@require_http_methods(["GET", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show everything the owner may set, and save it."""
    page = SettingsPage.of(request)
    if request.method == "POST" and page.is_valid():
        before = connections.server_in_use()
        page.save()
        tell_of_another_server(before)
        toast(request, "Saved", kind="good")
        return redirect(after_saving(page))
    return render(request, "settings_app/settings.html", page.context())


def tell_of_another_server(before: str) -> None:
    """Have what was waiting go to the new address at once, and its models read; a pod tells by itself when it is up."""
    server = connections.server_in_use()
    if server and server != before and not reaching.is_rented(server):
        work.hurry(server)


@require_POST
def connection_test(request: HttpRequest) -> HttpResponse:
    """Try the address in the form, saved or not, and say what came of it."""
    page = SettingsPage.of(request)
    shown = {**page.context(), "verdict": _probe(page)}
    return render_page(request, "settings_app/settings.html", shown, fragment="connection")


def _probe(page: SettingsPage) -> probing.Verdict:
    """Try the pod when there is a key for one, else the address."""
    if page.form["backend_mode"].value() != BackendMode.REMOTE or not page.pod_form.will_have_key:
        return probing.probe(page.form.chosen_address())
    try:
        return probing.probe(reaching.identity())
    except RemoteError as error:
        return probing.Verdict(is_good=False, text=str(error))


@require_POST
def runpod_test(request: HttpRequest) -> HttpResponse:
    """Ask RunPod about the key, the card and the volume in the form, saved or not."""
    page = SettingsPage.of(request)
    shown = {**page.context(), "runpod_verdict": trying.try_out(page.wish())}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "settings_app/_pod_section.html#runpod-verdict", shown)
    return render(request, "settings_app/settings.html", shown)


def after_saving(page: SettingsPage) -> str:
    """Return where to go on: to the question whether to stop a pod that is no longer in use, else back."""
    if page.pod_form.is_bound and page.settings.runpod_api_key:
        enqueue(tasks.refresh_catalogue)
    if page.settings.backend_mode == BackendMode.LOCAL and Pod.objects.awake().exists():
        return resolve_url("generation:stop-pod")
    return resolve_url("settings_app:settings")


@require_http_methods(["GET", "POST"])
def reset_settings(request: HttpRequest) -> HttpResponse:
    """Show what a reset would change, and do it."""
    current = ApplicationSettings.load()
    if request.method == "POST":
        resetting.reset(current)
        toast(request, "The settings are back to their defaults", kind="good")
        return redirect("settings_app:settings")
    return render(request, "settings_app/reset.html", {"changes": resetting.changes(current), "section": "settings"})
