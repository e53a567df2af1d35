"""The admin's front: our titles, our door, and only what one owner needs."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

# There is one owner, hence no groups; what a worker did is told by our own rows, not by the queue's results.
HIDDEN = {"auth.Group", "django_q.Success"}


class GalleryAdmin(AdminSite):
    """The admin of a library with one owner."""

    site_header = "Gallery admin"
    site_title = "Gallery admin"
    index_title = "Every table"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register, leaving out what is hidden."""
        models: Iterable[type[Model]] = (
            model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        )
        wanted = [model for model in models if model._meta.label not in HIDDEN]
        super().register(wanted, admin_class, **options)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send to the one login page there is."""
        wanted = request.GET.get("next", resolve_url("admin:index"))
        return redirect_to_login(wanted, resolve_url("settings_app:login"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        """Sign out as every other page does."""
        from settings_app.door.views import sign_out

        return sign_out(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        """Send to the one page for it."""
        return redirect("settings_app:password")
