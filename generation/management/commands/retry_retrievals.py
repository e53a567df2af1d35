"""``manage.py retry_retrievals``: fetch the pictures that wait, or also those that were given up."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize

from generation.running import retrieving
from lib import clock
from photos.choices import RetrievalStatus
from photos.models import Photo


class Command(BaseCommand):
    help = "Fetches now what waits to be fetched from InvokeAI, whatever its next attempt was to be."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--failed", action="store_true", help="also try those that failed for good or were given up"
        )
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be fetched")

    def handle(self, *args: Any, **options: Any) -> None:
        photos = Photo.objects.not_here()
        if not options["failed"]:
            photos = photos.filter(retrieval_status=RetrievalStatus.PENDING)
        waiting = list(photos.order_by("created_at").values_list("pk", "original_name"))
        if options["dry_run"]:
            self._tell(waiting)
            return
        fetched = sum(self._fetch(*found) for found in waiting)
        self.stdout.write(f"{fetched} of {_pictures(len(waiting))} fetched.")
        if fetched < len(waiting):
            raise CommandError(f"{_pictures(len(waiting) - fetched)} could not be fetched; each keeps its reason.")

    def _tell(self, waiting: list[Any]) -> None:
        for pk, name in waiting:
            self.stdout.write(f"{pk}  {name}")
        self.stdout.write(f"{_pictures(len(waiting))} would be fetched.")

    def _fetch(self, pk: Any, name: str) -> bool:
        """Fetch one, or leave it to the worker that is fetching it just now."""
        retrieving.make_due(pk)
        photo = Photo.objects.claim_retrieval(pk, now=clock.now())
        done = photo is not None and retrieving.retrieve(photo)
        self.stderr.write(f"{'fetched' if done else 'not yet'}  {name}")
        return done


def _pictures(count: int) -> str:
    return f"{count} picture{pluralize(count)}"
