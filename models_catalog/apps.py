"""App configuration."""

from django.apps import AppConfig


class ModelsCatalogConfig(AppConfig):
    """Names the app."""

    name = "models_catalog"
    verbose_name = "Model catalogue"
