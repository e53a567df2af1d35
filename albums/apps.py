"""App configuration."""

from django.apps import AppConfig


class AlbumsConfig(AppConfig):
    """Names the app."""

    name = "albums"
    verbose_name = "Albums"
