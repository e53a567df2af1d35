"""The settings and the owner in the admin."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from settings_app.models import ApplicationSettings
from settings_app.pod_form import told_of
from settings_app.pods import admin as pods_admin  # noqa: F401 - registers the tables of rented pods


@admin.register(ApplicationSettings)
class ApplicationSettingsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The one row. The stored key is left out: it is written elsewhere, and shown nowhere."""

    fieldsets = (
        (
            "Generation",
            {
                "fields": (
                    "default_steps",
                    "default_cfg_scale",
                    "default_scheduler",
                    "default_batch_size",
                    "aspect_ratios",
                )
            },
        ),
        ("Backend", {"fields": ("backend_mode", "local_backend_url", "remote_backend_url")}),
        (
            "Rented pod",
            {
                "fields": (
                    "runpod_key",
                    "runpod_pod_type",
                    "idle_timeout_minutes",
                    "current_session_start",
                    "current_session_cost",
                )
            },
        ),
        ("Kept by the gallery", {"fields": ("owner", "settings_json", "updated_at")}),
    )
    readonly_fields = (
        "aspect_ratios",
        "runpod_key",
        "current_session_start",
        "current_session_cost",
        "owner",
        "settings_json",
        "updated_at",
    )

    @admin.display(description="RunPod API key")
    def runpod_key(self, row: ApplicationSettings) -> str:
        """Tell whether one is stored, and its last letters."""
        return told_of(row.runpod_api_key)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Go to the only row there is."""
        return redirect("admin:settings_app_applicationsettings_change", ApplicationSettings.load().pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """One row is all."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ApplicationSettings | None = None) -> bool:
        """Settings are reset, never deleted."""
        return False


admin.site.unregister(User)


@admin.register(User)
class OwnerAdmin(UserAdmin):  # type: ignore[type-arg]
    """The owner. Nobody else is added: whoever can sign in may see everything."""

    list_display = ("username", "email", "last_login", "date_joined")
    list_filter = ()
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("About you", {"fields": ("first_name", "last_name", "email")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """One owner is all."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A library without an owner could be claimed by whoever reads its key."""
        return False
