"""App configuration."""

from django.apps import AppConfig


class GenerationConfig(AppConfig):
    """Names the app."""

    name = "generation"
    verbose_name = "Generation"
