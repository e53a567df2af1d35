"""App configuration."""

from django.apps import AppConfig
from django.conf import settings
from PIL import Image, PngImagePlugin

# Bytes that one compressed text of a PNG may unpack to: whole workflows are longer than Pillow's own megabyte.
TEXT_LIMIT = 8 * 1024 * 1024


class PhotosConfig(AppConfig):
    """Names the app, and tells Pillow our limits: its own refuse pictures we allow."""

    name = "photos"
    verbose_name = "Photos"

    def ready(self) -> None:
        """Set the limits, teach Pillow HEIC, load the checks, and forget the looks of what is purged."""
        Image.MAX_IMAGE_PIXELS = settings.PIXEL_LIMIT
        PngImagePlugin.MAX_TEXT_CHUNK = TEXT_LIMIT
        from photos import extensions
        from photos.duplicates import finding
        from photos.imaging import heif, stills

        heif.teach_pillow()
        stills.teach_pillow()
        extensions.on_purge(finding.forget)
