"""Shared links in the admin."""

import secrets
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from lib import clock
from sharing.models import SharedLink


class StateFilter(admin.SimpleListFilter):
    """Open, or past its time."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the two states."""
        return [("open", "Open"), ("expired", "Expired")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[SharedLink]) -> QuerySet[SharedLink]:
        """Narrow to the state chosen."""
        expired = Q(expires_at__lte=clock.now())
        if self.value() == "expired":
            return queryset.filter(expired)
        return queryset.exclude(expired) if self.value() == "open" else queryset


@admin.register(SharedLink)
class SharedLinkAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Links with what they show and whether they still do."""

    list_display = ("__str__", "is_open", "expires_at", "last_accessed_at", "created_at")
    list_select_related = ("photo", "album")
    list_filter = (StateFilter, "created_at", "last_accessed_at")
    search_fields = ("access_key", "album__name", "photo__filename", "photo__original_name")
    search_help_text = "Key, or name of what is shared"
    autocomplete_fields = ("album",)
    raw_id_fields = ("photo",)
    readonly_fields = ("id", "access_key", "created_at", "last_accessed_at")

    @admin.display(boolean=True, description="open", ordering="expires_at")
    def is_open(self, link: SharedLink) -> bool:
        """Show whether a visitor would be let in now."""
        return link.expires_at is None or link.expires_at > clock.now()

    def save_model(self, request: HttpRequest, obj: SharedLink, form: Any, change: bool) -> None:
        """Make the unguessable key of a new link; nobody chooses one."""
        if not change:
            obj.access_key = secrets.token_urlsafe(24)
        super().save_model(request, obj, form, change)
