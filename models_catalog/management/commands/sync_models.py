"""Brings the catalogue of models in step with InvokeAI."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clients.errors import RemoteError
from models_catalog import syncing
from settings_app import connections


class Command(BaseCommand):
    """What the button on the page does."""

    help = "Ask the InvokeAI in use for its models and bring the catalogue in step."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        work = syncing.preview if options["dry_run"] else syncing.sync
        try:
            server = connections.current_server()
            self.stderr.write(f"Asking {server} …")
            with connections.invokeai_for(server) as client:
                report = work(client, server)
        except RemoteError as error:
            raise CommandError(f"{error} The catalogue is as before.") from error
        self.stdout.write(f"{'Would be: ' if options['dry_run'] else ''}{report}")
