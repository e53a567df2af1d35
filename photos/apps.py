"""App configuration."""

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    """Names the app."""

    name = "photos"
    verbose_name = "Photos"
