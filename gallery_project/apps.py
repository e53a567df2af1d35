"""The project as an app, so that its launcher command and checks are found."""

from django.apps import AppConfig


class GalleryProjectConfig(AppConfig):
    """Holds the launcher, the checks of the configuration and the error pages."""

    name = "gallery_project"
    verbose_name = "Gallery"

    def ready(self) -> None:
        """Register the checks."""
        from gallery_project import checks  # noqa: F401
