"""``manage.py expire_links``: forget the links that have long been closed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lib import clock
from sharing import ending


class Command(BaseCommand):
    help = "Forgets links that expired or were revoked a year ago. Expired links let nobody in before that either."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be forgotten")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        if options["dry_run"]:
            self._tell(ending.long_closed(now=now).select_related("photo", "album"))
            return
        self.stdout.write(f"{ending.tidy(now=now)} links forgotten.")

    def _tell(self, links: Any) -> None:
        for link in links:
            self.stdout.write(f"{link.pk}  {link}")
        self.stdout.write(f"{len(links)} links would be forgotten.")
