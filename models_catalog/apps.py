"""App configuration."""

from django.apps import AppConfig


class ModelsCatalogConfig(AppConfig):
    """Names the app, and reads the models of a rented pod as soon as it is ready."""

    name = "models_catalog"
    verbose_name = "Model catalogue"

    def ready(self) -> None:
        """Be told of rented pods."""
        from models_catalog.tasks import sync_when_ready
        from settings_app.pods import work

        work.on_ready(sync_when_ready)
