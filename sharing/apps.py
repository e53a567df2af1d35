"""App configuration."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Names the app."""

    name = "sharing"
    verbose_name = "Sharing"
