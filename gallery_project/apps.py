"""The project as an app, so that its launcher command and checks are found."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class GalleryProjectConfig(AppConfig):
    """Holds the launcher, the checks of the configuration and the error pages."""

    name = "gallery_project"
    verbose_name = "Gallery"

    def ready(self) -> None:
        """Register the checks, and what new connections are told."""
        from gallery_project import checks, connecting  # noqa: F401

        connection_created.connect(connecting.prepare)
