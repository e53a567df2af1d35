"""Albums in the admin."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from albums.models import Album, AlbumPhoto


@admin.register(Album)
class AlbumAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Albums with their sizes."""

    list_display = ("name", "photo_count", "created_at", "updated_at")
    search_fields = ("name", "description")
    search_help_text = "Name or description"
    date_hierarchy = "created_at"
    # A library holds too many photos for a list to choose from.
    raw_id_fields = ("cover_photo",)
    readonly_fields = ("id", "created_at", "updated_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Album]:
        """Count in the same query."""
        albums: QuerySet[Album] = super().get_queryset(request)
        return albums.annotate(photo_count=Count("albumphoto"))

    @admin.display(description="photos", ordering="photo_count")
    def photo_count(self, album: Album) -> int:
        """Show how many photos it holds."""
        count: int = album.photo_count  # type: ignore[attr-defined]
        return count


@admin.register(AlbumPhoto)
class AlbumPhotoAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Which photo stands where in which album."""

    list_display = ("album", "photo", "position", "added_at")
    list_select_related = ("album", "photo")
    list_editable = ("position",)
    list_filter = (("album", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("album__name", "photo__filename", "photo__original_name")
    search_help_text = "Name of the album or of the photo"
    autocomplete_fields = ("album",)
    raw_id_fields = ("photo",)
    readonly_fields = ("added_at",)
