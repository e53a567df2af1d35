"""The pages of the door."""

import math

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lib import clock
from lib.own_pages import own_page
from lib.toasts import toast
from settings_app.door import claiming
from settings_app.door.addresses import client_address
from settings_app.door.delays import wait_for
from settings_app.door.forms import ClaimForm, PasswordForm, SignInForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Let the holder of the one-time key become the owner, and tell everybody else where the key is."""
    if claiming.has_owner():
        return redirect("settings_app:login")
    key = (request.POST or request.GET).get("key", "")
    if not claiming.is_key(key):
        return render(request, "settings_app/door_locked.html", {"is_wrong": bool(key)}, status=403 if key else 200)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _claimed(request, form)
    return render(request, "settings_app/door_welcome.html", {"form": form, "key": key})


def _claimed(request: HttpRequest, form: ClaimForm) -> HttpResponse:
    try:
        owner = claiming.claim(form.cleaned_data["username"], form.cleaned_data["password1"])
    except claiming.AlreadyClaimed:
        return redirect("settings_app:login")
    login(request, owner, backend=BACKEND)
    toast(request, "The library is yours", kind="good")
    return redirect(settings.LOGIN_REDIRECT_URL)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, then go on to where the visitor wanted to be."""
    if not claiming.has_owner():
        return redirect("settings_app:welcome")
    if request.user.is_authenticated:
        return HttpResponseRedirect(_wanted(request))
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return HttpResponseRedirect(_wanted(request))
    return render(request, "settings_app/door_login.html", {"form": form, "next": _wanted(request)})


def too_soon(request: HttpRequest, response: HttpResponseBase, credentials: object) -> HttpResponse:
    """Answer a try that came before its time: when to try again."""
    seconds = max(1, math.ceil(wait_for(client_address(request), clock.now()).total_seconds()))
    form = SignInForm(request, initial={"username": request.POST.get("username", "")})
    shown = {"form": form, "next": _wanted(request), "seconds": seconds}
    answer = render(request, "settings_app/door_login.html", shown, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def _wanted(request: HttpRequest) -> str:
    """Return the page asked for before the login, if it is one of ours."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    return own_page(request, wanted) or resolve_url(settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    return redirect("settings_app:login")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the password. This session goes on; every other one ends, because it was signed with the old one."""
    assert isinstance(request.user, User)
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        toast(request, "Password changed. Other browsers are signed out", kind="good")
        return redirect("settings_app:settings")
    return render(request, "settings_app/door_password.html", {"form": form})
