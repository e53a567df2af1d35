"""App configuration."""

from django.apps import AppConfig


class SettingsAppConfig(AppConfig):
    """Names the app."""

    name = "settings_app"
    verbose_name = "Settings"
