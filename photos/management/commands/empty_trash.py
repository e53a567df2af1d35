"""``manage.py empty_trash``: remove for good what was thrown away."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lib import clock
from photos import trashing


class Command(BaseCommand):
    help = "Removes the photos of the trash for good, with their files. There is no way back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--older-than", type=int, default=0, metavar="DAYS", help="only what has been in the trash for so many days"
        )
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be removed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["older_than"] < 0:
            raise CommandError("--older-than must not be negative.")
        before = clock.now() - timedelta(days=options["older_than"])
        photos = trashing.thrown_away_before(before)
        chosen = list(photos.order_by("deleted_at").values_list("pk", "original_name"))
        if options["dry_run"]:
            self._tell(chosen)
            return
        self.stderr.write(f"Removing {len(chosen)} photos …")
        purged = trashing.purge([pk for pk, _ in chosen], before=before)
        self.stdout.write(f"{purged.count} photos removed; {purged.tombstones} of them stay named in the tree.")
        if purged.failed:
            raise CommandError(f"The files of {purged.failed} photos could not be removed; it is tried again soon.")

    def _tell(self, chosen: list[Any]) -> None:
        for pk, name in chosen:
            self.stdout.write(f"{pk}  {name}")
        self.stdout.write(f"{len(chosen)} photos would be removed for good.")
