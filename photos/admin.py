"""The library in the admin: to find, to correct names and dates, and to do what the pages do."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.paginator import Paginator
from django.db.models import Field, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from photos import trashing
from photos.duplicates import admin as duplicates  # noqa: F401 - the app's, too
from photos.imaging import thumbnailing
from photos.models import BulkAction, ImportedFile, IncomingUpload, Photo, SavedSearch, Trait
from photos.querying import read
from photos.querysets import PhotoQuerySet
from photos.searching import search
from photos.searching.narrowing import narrow

LIST_PIXELS, PAGE_PIXELS = 72, 320
EDITABLE = {"original_name", "title", "description", "rating", "is_favorite", "taken_at"}
ONE_LINE = {"original_name", "title"}
FIELDSETS: dict[str | None, tuple[str, ...]] = {
    None: ("picture", "title", "description", "original_name", "taken_at", "rating", "is_favorite"),
    "How it came to be": (
        "is_generated", "generation_prompt", "generation_negative_prompt", "generation_params", "model_name",
        "model_key", "source_image",
    ),
    "File": (
        "filename", "size", "file_size", "mime_type", "checksum", "local_storage_path", "local_thumbnail_path",
        "thumbnail_attempts", "thumbnail_error", "metadata",
    ),
    "Fetching": (
        "server", "invoke_id", "retrieval_status", "retrieval_attempts", "last_retrieval_attempt", "next_retrieval_at",
        "retrieval_error",
    ),
    "Dates": ("id", "created_at", "last_accessed_at", "deleted_at", "purged_at"),
}  # fmt: skip


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than anybody pages: counting a million rows costs more than showing a hundred."""

    most = 10_000

    @cached_property
    def count(self) -> int:
        """How many rows there are, up to the bound."""
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows.order_by()[: self.most].count()


class PlaceFilter(admin.SimpleListFilter):
    """Where a photo is on its way through the library."""

    title = "place"
    parameter_name = "place"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the places."""
        return [("library", "Library"), ("trash", "Trash"), ("tombstones", "Purged, still named")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        """Narrow to the place chosen."""
        photos = Photo.objects.all() & queryset
        if self.value() == "library":
            return photos.filter(deleted_at=None)
        if self.value() == "trash":
            return photos.trashed()
        return photos.filter(purged_at__isnull=False) if self.value() == "tombstones" else queryset


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Every photo. What the worker decides is read-only; deleting goes through the trash."""

    list_display = ("thumbnail", "__str__", "taken_at", "is_generated", "model_name", "size", "retrieval_status")
    list_display_links = ("thumbnail", "__str__")
    list_filter = (PlaceFilter, "retrieval_status", "is_generated", "is_favorite")
    search_fields = ("generation_prompt",)
    search_help_text = "As on the timeline: words and filters; or a photo’s id"
    ordering = ("-taken_at", "-pk")
    list_per_page = 50
    show_full_result_count = False
    paginator = BoundedPaginator
    actions = ("throw_away", "bring_back", "rebuild_thumbnails")
    fieldsets = [(title, {"fields": fields}) for title, fields in FIELDSETS.items()]
    readonly_fields = [field for fields in FIELDSETS.values() for field in fields if field not in EDITABLE]

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **options: Any) -> Any:
        """Give a name one line, whatever its column could hold."""
        if db_field.name in ONE_LINE:
            options["widget"] = AdminTextInputWidget
        return super().formfield_for_dbfield(db_field, request, **options)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Photo]:
        """Leave the long columns out of lists."""
        photos = super().get_queryset(request)
        is_list = request.resolver_match and request.resolver_match.url_name == "photos_photo_changelist"
        return photos.defer("metadata", "generation_params") if is_list else photos

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Photo], search_term: str
    ) -> tuple[QuerySet[Photo], bool]:
        """Search in the language of the timeline; an id finds its photo."""
        photos: PhotoQuerySet = Photo.objects.all() & queryset
        try:
            return photos.filter(pk=UUID(search_term.strip())), False
        except ValueError:
            return narrow(photos, read(search_term)), False

    def save_model(self, request: HttpRequest, obj: Photo, form: Any, change: bool) -> None:
        """Save what was corrected, and make the new words findable."""
        obj.save(update_fields=form.changed_data or None)
        search.index([obj.pk])

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A photo comes from a file."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        """Only the trash leads out of the library."""
        return False

    @admin.display(description="picture")
    def thumbnail(self, photo: Photo) -> SafeString:
        """Show the picture in a row of the list."""
        return _picture(photo, LIST_PIXELS)

    @admin.display(description="picture")
    def picture(self, photo: Photo) -> SafeString:
        """Show the picture on its own page."""
        return _picture(photo, PAGE_PIXELS)

    @admin.display(description="size")
    def size(self, photo: Photo) -> str:
        """Show its pixels."""
        return f"{photo.width}\u00a0×\u00a0{photo.height}"

    @admin.action(description="Move to the trash")
    def throw_away(self, request: HttpRequest, queryset: PhotoQuerySet) -> None:
        """Do what the trash button does."""
        self._told(request, trashing.trash(_ids(queryset)), "moved to the trash")

    @admin.action(description="Restore from the trash")
    def bring_back(self, request: HttpRequest, queryset: PhotoQuerySet) -> None:
        """Do what the restore button does."""
        self._told(request, trashing.restore(_ids(queryset)), "restored")

    @admin.action(description="Rebuild thumbnails")
    def rebuild_thumbnails(self, request: HttpRequest, queryset: PhotoQuerySet) -> None:
        """Do what the command does, in the worker."""
        self._told(request, thumbnailing.remake(_ids(queryset)), "asked for new thumbnails")

    def _told(self, request: HttpRequest, count: int, what: str) -> None:
        self.message_user(request, f"{count} {'photo' if count == 1 else 'photos'} {what}.", messages.SUCCESS)


@admin.register(IncomingUpload)
class IncomingUploadAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What became of each file that was handed in: to look at, since only the worker decides."""

    list_display = ("original_name", "status", "reason", "file_size", "attempts", "created_at")
    list_filter = ("status", "created_at")
    search_fields = ("original_name", "checksum", "reason")
    search_help_text = "Name, checksum or reason"
    ordering = ("-created_at",)
    list_per_page = 50
    show_full_result_count = False
    paginator = BoundedPaginator

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Files are handed in on the timeline."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: IncomingUpload | None = None) -> bool:
        """The worker decides."""
        return False


@admin.register(Trait)
class TraitAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What pictures have in common: read from the pictures, so only to look at."""

    list_display = ("value", "kind")
    list_filter = ("kind",)
    search_fields = ("folded",)
    search_help_text = "Name"
    ordering = ("kind", "folded")
    show_full_result_count = False
    paginator = BoundedPaginator
    fields = readonly_fields = ("kind", "value")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They come with their pictures."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Trait | None = None) -> bool:
        """They go with their pictures."""
        return False


@admin.register(SavedSearch)
class SavedSearchAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Searches the owner gave a name."""

    list_display = ("name", "query", "created_at")
    search_fields = ("name", "query")
    search_help_text = "Name or text"
    readonly_fields = ("created_at",)

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **options: Any) -> Any:
        """Give a name and a search one line, as they have elsewhere."""
        if db_field.name in {"name", "query"}:
            options["widget"] = AdminTextInputWidget
        return super().formfield_for_dbfield(db_field, request, **options)


def _picture(photo: Photo, pixels: int) -> SafeString:
    scale = pixels / max(photo.width, photo.height)
    width, height = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
    tag = '<img src="{}" width="{}" height="{}" alt="" loading="lazy">'
    return format_html(tag, photo.grid_url, width, height)


def _ids(photos: PhotoQuerySet) -> list[UUID]:
    return list(photos.values_list("pk", flat=True))


@admin.register(ImportedFile)
class ImportedFileAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Files of folders that are in the library: without its row a file is read again at the next import."""

    list_display = ("path", "photo", "file_size")
    list_select_related = ("photo",)
    search_fields = ("path",)
    search_help_text = "Part of the path"
    raw_id_fields = ("photo",)
    readonly_fields = ("path", "photo", "file_size", "modified_ns")
    show_full_result_count = False


@admin.register(BulkAction)
class BulkActionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What was done to many photos. Its states are the worker's; the owner's pages undo and cancel."""

    list_display = ("verb", "value", "state", "done", "total", "changed", "created_at")
    list_filter = ("state", "verb")
    search_fields = ("verb", "value")
    date_hierarchy = "created_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: BulkAction | None = None) -> bool:
        """Nobody changes one by hand."""
        return False
