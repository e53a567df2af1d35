"""App configuration."""

from django.apps import AppConfig
from django.conf import settings
from PIL import Image


class PhotosConfig(AppConfig):
    """Names the app, and tells Pillow our pixel limit: its own refuses pictures we allow."""

    name = "photos"
    verbose_name = "Photos"

    def ready(self) -> None:
        """Set the limit, and load the checks."""
        Image.MAX_IMAGE_PIXELS = settings.PIXEL_LIMIT
        from photos import checks  # noqa: F401
