"""What only the demo does before it starts."""

from django.conf import settings

from gallery_project.launching.claiming import need_free_port
from settings_app.models import ApplicationSettings

HOST = "127.0.0.1"


def need_free_standin_port() -> None:
    """Find out whether the stand-in could listen.

    Raises:
        LaunchError: when it could not.
    """
    need_free_port(HOST, settings.STANDIN_PORT)


def point_at_standin() -> None:
    """Use the stand-in as the backend, unless the visitor has named another one."""
    unchanged = ApplicationSettings._meta.get_field("local_backend_url").default
    ApplicationSettings.load()
    ApplicationSettings.objects.filter(local_backend_url=unchanged).update(
        local_backend_url=f"http://{HOST}:{settings.STANDIN_PORT}"
    )
