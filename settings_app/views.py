"""The sign of life, the theme, and the page of settings."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lib.htmx import render_page
from lib.own_pages import own_page
from lib.toasts import toast
from settings_app import probing, resetting
from settings_app.looks import THEMES
from settings_app.models import ApplicationSettings
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
        page.save()
        toast(request, "Saved", kind="good")
        return redirect("settings_app:settings")
    return render(request, "settings_app/settings.html", page.context())


@require_POST
def connection_test(request: HttpRequest) -> HttpResponse:
    """Try the address in the form, saved or not, and say what came of it."""
    page = SettingsPage.of(request)
    verdict = probing.probe(page.form.chosen_address())
    shown = {**page.context(), "verdict": verdict}
    return render_page(request, "settings_app/settings.html", shown, fragment="connection")


@require_http_methods(["GET", "POST"])
def reset_settings(request: HttpRequest) -> HttpResponse:
    """Show what a reset would change, and do it."""
    current = ApplicationSettings.load()
    if request.method == "POST":
        resetting.reset(current)
        toast(request, "The settings are back to their defaults", kind="good")
        return redirect("settings_app:settings")
    return render(request, "settings_app/reset.html", {"changes": resetting.changes(current), "section": "settings"})
