"""The whole of ``manage.py up``, in order."""

from django.conf import settings

from gallery_project.data_folder import make_private_folder
from gallery_project.launching import demo
from gallery_project.launching.announcing import Announcement, base_address
from gallery_project.launching.claiming import need_free_port, only_launcher
from gallery_project.launching.preparing import prepare
from gallery_project.launching.programs import programs
from gallery_project.launching.supervising import Supervisor
from gallery_project.launching.watching import Watch, followers_sign, workers_sign
from settings_app.door import claiming


def run() -> None:
    """Prepare everything, then run the gallery until it is asked to stop.

    Raises:
        LaunchError: when it cannot start.
    """
    need_free_port(settings.HOST, settings.PORT)
    if settings.DEMO:
        demo.need_free_standin_port()
    with only_launcher(settings.DATA_DIR):
        prepare()
        if settings.DEMO:
            demo.point_at_standin()
        supervise()


def supervise() -> None:
    """Run the programs, announce the address when it answers, and watch for what hangs."""
    supervisor = Supervisor(programs(), folder=settings.BASE_DIR, logs=make_private_folder(settings.DATA_DIR / "logs"))
    announcement = Announcement(claiming.welcome_address(base_address()) or f"{base_address()}/")
    watches = [Watch(supervisor, "tasks", workers_sign), Watch(supervisor, "follow", followers_sign)]

    def each_tick() -> None:
        announcement.try_to_say()
        for watch in watches:
            watch.look()

    supervisor.run(each_tick)
