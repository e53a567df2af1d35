"""Look-alikes in the admin: to look at, since the page decides."""

from django.contrib import admin
from django.http import HttpRequest

from photos.duplicates.models import DuplicateDecision, DuplicatePair, Fingerprint


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows the gallery writes by itself."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are found, not entered."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """What was measured stays as it was measured."""
        return False


@admin.register(DuplicatePair)
class DuplicatePairAdmin(ReadOnlyAdmin):
    """Which pictures look alike, and whether that is decided."""

    list_display = ("photo_a", "photo_b", "distance", "decision", "found_at")
    list_select_related = ("photo_a", "photo_b", "decision")
    list_filter = (("decision", admin.EmptyFieldListFilter), "distance")
    search_fields = ("photo_a__original_name", "photo_b__original_name")
    search_help_text = "File name"
    ordering = ("distance", "id")


@admin.register(DuplicateDecision)
class DuplicateDecisionAdmin(ReadOnlyAdmin):
    """What was decided, and what it takes to undo it."""

    list_display = ("__str__", "kept", "decided_at", "undone_at")
    list_select_related = ("kept",)
    list_filter = (("undone_at", admin.EmptyFieldListFilter),)
    search_fields = ("kept__original_name",)
    search_help_text = "File name of the kept picture"
    ordering = ("-decided_at",)


@admin.register(Fingerprint)
class FingerprintAdmin(ReadOnlyAdmin):
    """What each picture looks like, in 64 bits."""

    list_display = ("photo", "bits")
    list_select_related = ("photo",)
    list_filter = (("bits", admin.EmptyFieldListFilter),)
    search_fields = ("photo__original_name",)
    search_help_text = "File name"
