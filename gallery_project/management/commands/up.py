"""``manage.py up``: the gallery, with everything it consists of."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from gallery_project.launching.errors import LaunchError
from gallery_project.launching.running import run


class Command(BaseCommand):
    help = "Prepares the data folder and the database, then runs the web server, the workers and the follower."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run()
        except LaunchError as error:
            sys.exit(str(error))
        except KeyboardInterrupt:
            sys.exit("Stopped.")
