"""``manage.py adopt_images``: bring in the pictures InvokeAI has already."""

import sys
import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from clients.errors import RemoteError
from generation.adoption import adopting
from generation.choices import AdoptionState
from generation.models import Adoption
from lib import clock, heartbeat, queue
from settings_app import connections

LOOK_SECONDS = 0.3
# So many pictures at most wait to be fetched while workers are at it: a new one must not wait behind thousands.
MOST_WAITING = 300
AT_WORK = timedelta(minutes=2)


class Command(BaseCommand):
    help = (
        "Makes every picture known that the InvokeAI in use has, boards as albums and stars as favourites. The files"
        " are fetched while the gallery runs. Stopped or killed, it goes on when it is run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell how many pictures would come in")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            server = connections.current_server()
            if options["dry_run"]:
                self._tell(server)
                return
        except RemoteError as error:
            raise CommandError(str(error)) from error
        adoption = self._adopt(adopting.start(server))
        self.stdout.write(f"{adoption.seen:,} pictures looked at, {adoption.added:,} of them new.")
        if adoption.state != AdoptionState.DONE:
            raise CommandError(adoption.error or "It was stopped; run the same command again to go on.")

    def _adopt(self, adoption: Adoption) -> Adoption:
        """Do page after page; one that a worker is doing just now is left to it."""
        with tqdm(unit=" pictures", disable=None, file=sys.stderr) as progress:
            while adoption.is_running:
                if _is_queue_long():
                    time.sleep(LOOK_SECONDS)
                    continue
                claimed = Adoption.objects.claim(adoption.pk, now=clock.now())
                if claimed and not adopting.adopt_page(claimed):
                    break
                if not claimed:
                    time.sleep(LOOK_SECONDS)
                adoption.refresh_from_db()
                progress.total = adoption.total
                progress.update(adoption.seen - progress.n)
        adoption.refresh_from_db()
        return adoption

    def _tell(self, server: str) -> None:
        offset, total, unknown = 0, 1, 0
        with connections.invokeai_for(server) as client:
            while offset < total:
                page = client.images.page(offset=offset, limit=adopting.PAGE)
                unknown += len(adopting.unknown_among(server, page.images))
                offset, total = offset + adopting.PAGE, page.total
        self.stdout.write(f"{total:,} pictures on {server}, {unknown:,} of them would come in.")


def _is_queue_long() -> bool:
    beat = heartbeat.last_beat()
    return beat is not None and clock.now() - beat < AT_WORK and queue.waiting() > MOST_WAITING
