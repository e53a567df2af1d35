"""Nobody but the owner gets further than the door."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from settings_app.door import claiming


class OwnerRequired(LoginRequiredMiddleware):
    """Shows visitors to the door: to the welcome page while the library has no owner, else to the login."""

    claimed = False

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Let public pages pass without a look at the session, so that they need no database."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """Redirect. htmx is told to load a whole page: the login must not appear inside a part of one."""
        # An owner stays, so a process asks the database only until it has seen one.
        self.claimed = self.claimed or claiming.has_owner()
        if not self.claimed:
            return redirect("settings_app:welcome")
        if request.htmx:  # type: ignore[attr-defined]
            return _login_for_htmx(request, self.get_login_url(view_func))
        return super().handle_no_permission(request, view_func)


def _login_for_htmx(request: HttpRequest, login_url: str) -> HttpResponse:
    here = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
    return HttpResponseClientRedirect(redirect_to_login(here, resolve_url(login_url)).url)
