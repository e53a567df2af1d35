"""``manage.py stop_idle_pod``: what the worker does each minute, for a cron job besides."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from generation.renting import guarding
from lib import clock


class Command(BaseCommand):
    help = "Stops the rented pod when it is idle, or reached the longest session or a budget."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell whether it would be stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        word = guarding.guard(clock.now(), is_dry=options["dry_run"])
        self.stdout.write(word or "Nothing is to be stopped.")
