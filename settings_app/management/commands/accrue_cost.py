"""``manage.py accrue_cost``: the present session's start and cost, computed anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from settings_app.pods import metering


class Command(BaseCommand):
    help = "Computes the cost of the present session from its rates and writes it into the settings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell")

    def handle(self, *args: Any, **options: Any) -> None:
        meter = metering.current() if options["dry_run"] else metering.accrue()
        since = f" since {meter.began_at:%Y-%m-%d %H:%M:%S} UTC" if meter.began_at else ""
        self.stdout.write(f"${metering.quantised(meter.cost)} at ${meter.rate}/h{since}")
