"""Shared links in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from lib import clock
from settings_app import library
from sharing import ending, making
from sharing.choices import ShownPath
from sharing.models import CleanCopy, PasswordTry, SharedLink
from sharing.querysets import SharedLinkQuerySet


class StateFilter(admin.SimpleListFilter):
    """Running, past its time, or revoked."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the three states."""
        return [("running", "Running"), ("expired", "Expired"), ("revoked", "Revoked")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[SharedLink]) -> QuerySet[SharedLink]:
        """Narrow to the state chosen."""
        links, now = SharedLink.objects.filter(pk__in=queryset.values("pk")), clock.now()
        chosen = {"running": links.running(now=now), "expired": links.expired(now=now), "revoked": links.revoked()}
        found = chosen.get(self.value() or "")
        return queryset if found is None else queryset.filter(pk__in=found.values("pk"))


class SharedLinkForm(forms.ModelForm):  # type: ignore[type-arg]
    """A link as the admin edits it. What the database refuses is said before it is asked."""

    def clean(self) -> dict[str, Any]:
        """Want one thing to show, and an end that lies ahead."""
        sent = self.cleaned_data
        if bool(sent.get("photo")) == bool(sent.get("album")):
            raise forms.ValidationError("A link shows a photo or an album. Choose one of the two.")
        if (end := sent.get("expires_at")) and end <= self.instance.created_at:
            self.add_error("expires_at", "A link ends after it was made. To close it, revoke it.")
        if sent.get("show_location") and not sent.get("show_details"):
            self.add_error("show_location", "The place is shown with details only.")
        if sent.get("album") and sent.get("show_path") != ShownPath.NONE:
            self.add_error("show_path", "Only a link to a photo shows a path.")
        return sent


@admin.register(SharedLink)
class SharedLinkAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Links with what they show and whether they still do. A password is set on the link's own page."""

    form = SharedLinkForm
    list_display = ("__str__", "state", "expires_at", "visit_count", "last_accessed_at", "created_at")
    list_select_related = ("photo", "album")
    list_filter = (StateFilter, "created_at", "last_accessed_at")
    search_fields = ("title", "access_key", "album__name", "photo__filename", "photo__original_name")
    search_help_text = "Title, key, or name of what is shared"
    autocomplete_fields = ("album",)
    raw_id_fields = ("photo",)
    exclude = ("password",)
    readonly_fields = ("id", "access_key", "created_at", "last_accessed_at", "visit_count", "revoked_at")
    actions = ("revoke", "extend")

    @admin.display
    def state(self, link: SharedLink) -> str:
        """Show whether it works."""
        return link.state_in_words

    @admin.action(description="Revoke the chosen links")
    def revoke(self, request: HttpRequest, queryset: SharedLinkQuerySet) -> None:
        """Close them at once, as their pages do."""
        self.message_user(request, f"{ending.revoke(_plain(queryset), now=clock.now())} links revoked.")

    @admin.action(description="Extend the chosen links")
    def extend(self, request: HttpRequest, queryset: SharedLinkQuerySet) -> None:
        """Give them more time, as their pages do."""
        days = library.link_days() or library.LINK_DAYS_AT_FIRST
        self.message_user(request, f"{ending.extend(_plain(queryset), days=days, now=clock.now())} links extended.")

    def save_model(self, request: HttpRequest, obj: SharedLink, form: Any, change: bool) -> None:
        """Make the unguessable key of a new link; nobody chooses one."""
        if not change:
            obj.access_key = making.new_key()
        super().save_model(request, obj, form, change)


@admin.register(PasswordTry)
class PasswordTryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """How often passwords were guessed."""

    list_display = ("link", "count", "last_at", "next_at")
    list_select_related = ("link__photo", "link__album")
    readonly_fields = ("link", "visitor", "count", "last_at", "next_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody counts by hand."""
        return False


@admin.register(CleanCopy)
class CleanCopyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """How long the files are that leave."""

    list_display = ("photo", "level", "size", "extension", "version")
    list_select_related = ("photo",)
    list_filter = ("level",)
    search_fields = ("photo__filename", "photo__original_name")
    readonly_fields = ("photo", "level", "version", "checksum", "size", "crc", "extension")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody measures by hand."""
        return False


def _plain(queryset: SharedLinkQuerySet) -> SharedLinkQuerySet:
    return SharedLink.objects.filter(pk__in=list(queryset.values_list("pk", flat=True)))
