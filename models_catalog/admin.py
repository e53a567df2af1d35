"""The catalogue in the admin: to look at, since only a sync writes it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from models_catalog.models import CatalogueSync, Model


class WrittenBySync(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that InvokeAI decides on."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A model is installed in InvokeAI."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """The next sync would overwrite it."""
        return False


class AvailableFilter(admin.SimpleListFilter):
    """Ready, or gone from its server."""

    title = "availability"
    parameter_name = "available"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the two answers."""
        return [("yes", "Ready"), ("no", "Gone")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        """Narrow to the answer chosen."""
        if self.value() is None:
            return queryset
        return queryset.filter(unavailable_since__isnull=self.value() == "yes")


@admin.register(Model)
class ModelAdmin(WrittenBySync):
    """Every model there is or was. Pictures name it, so it stays."""

    list_display = ("name", "type", "base", "format", "variant", "is_ready", "server", "cached_at")
    list_filter = (AvailableFilter, "type", "base", "format", "server")
    search_fields = ("name", "key", "hash", "description")
    search_help_text = "Name, key, hash or description"
    list_per_page = 50

    @admin.display(boolean=True, description="ready", ordering="unavailable_since")
    def is_ready(self, model: Model) -> bool:
        """Show whether its server still has it."""
        return model.is_available

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """Kept, because pictures name it."""
        return False


@admin.register(CatalogueSync)
class CatalogueSyncAdmin(WrittenBySync):
    """The last sync with each server."""

    list_display = ("server", "tried_at", "succeeded_at", "model_count", "error")
    search_fields = ("server", "error")
