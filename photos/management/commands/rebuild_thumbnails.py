"""``manage.py rebuild_thumbnails``: make the small pictures that are missing, or all of them anew."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from photos.imaging import thumbnailing
from photos.models import Photo
from photos.querysets import PhotoQuerySet


class Command(BaseCommand):
    help = "Makes the thumbnails that are missing, also those that failed too often. The originals are only read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="make every thumbnail anew")
        parser.add_argument("--dry-run", action="store_true", help="only tell how many would be made")

    def handle(self, *args: Any, **options: Any) -> None:
        ids = list(_chosen(everything=options["all"]).order_by("-taken_at").values_list("pk", flat=True))
        if options["dry_run"]:
            self.stdout.write(f"{len(ids)} thumbnails would be made.")
            return
        made = sum(self._make(pk, number, len(ids)) for number, pk in enumerate(ids, start=1))
        self.stdout.write(f"{made} of {len(ids)} thumbnails made.")
        if made < len(ids):
            raise CommandError(f"{len(ids) - made} thumbnails could not be made; each photo keeps its reason.")

    def _make(self, pk: UUID, number: int, count: int) -> bool:
        """Make one. A photo that was purged meanwhile needs none."""
        if not thumbnailing.forget([pk]):
            return True
        is_made = thumbnailing.make_thumbnails(pk)
        self.stderr.write(f"{number}/{count} {'made' if is_made else 'failed'} {pk}")
        return is_made


def _chosen(*, everything: bool) -> PhotoQuerySet:
    here = Photo.objects.with_file()
    return here if everything else here.filter(local_thumbnail_path=None)
