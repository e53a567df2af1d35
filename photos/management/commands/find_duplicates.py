"""``manage.py find_duplicates``: compare the pictures that were here before pictures were compared."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from photos.duplicates import finding
from photos.duplicates.models import DuplicatePair, Fingerprint


class Command(BaseCommand):
    help = "Finds pictures that look alike. New ones are compared by themselves; nothing is deleted or changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="compare every picture anew; decisions stay")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            Fingerprint.objects.all().delete()
        compared = 0
        while some := finding.note_missing():
            compared += some
            self.stderr.write(f"{compared} compared")
        waiting = DuplicatePair.objects.open().count()
        self.stdout.write(f"{compared} pictures compared; {waiting} pairs wait for your decision.")
