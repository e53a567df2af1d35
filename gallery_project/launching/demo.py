"""What only the demo does before it starts."""

from django.conf import settings

from demo.runpod.world import KEY
from gallery_project.launching.claiming import need_free_port
from settings_app.models import ApplicationSettings, RentalTerms

HOST = "127.0.0.1"
VOLUME = "vol0standin"
# So that a visitor sees it happen.
IDLE_MINUTES = 3


def need_free_standin_port() -> None:
    """Find out whether the stand-in could listen.

    Raises:
        LaunchError: when it could not.
    """
    need_free_port(HOST, settings.STANDIN_PORT)
    need_free_port(HOST, settings.RUNPOD_STANDIN_PORT)


def point_at_standin() -> None:
    """Use the stand-ins as the backend and as RunPod, unless the visitor has entered something else."""
    unchanged = ApplicationSettings._meta.get_field("local_backend_url").default
    ApplicationSettings.load()
    ApplicationSettings.objects.filter(local_backend_url=unchanged).update(
        local_backend_url=f"http://{HOST}:{settings.STANDIN_PORT}"
    )
    fresh = ApplicationSettings.objects.filter(runpod_api_key=None)
    if fresh.update(runpod_api_key=KEY, idle_timeout_minutes=IDLE_MINUTES):
        RentalTerms.load()
        RentalTerms.objects.update(network_volume_id=VOLUME)
