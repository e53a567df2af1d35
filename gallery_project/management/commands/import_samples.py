"""``manage.py import_samples``: the demo's pictures, painted and taken in one by one, its session and its albums."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo.pictures import paint_samples
from gallery_project import sample_albums, sample_session
from lib.queue import enqueue
from models_catalog.tasks import sync_models
from photos.intake import importing


class Command(BaseCommand):
    help = "Paints sample pictures and takes them into the demo's library, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, default=40, help="how many (default: 40)")

    def handle(self, *args: Any, count: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Sample pictures belong into the demo: make demo. Nothing was changed.")
        os.nice(10)  # the visitor's first clicks go before
        done = Path(settings.DATA_DIR) / "samples-imported"
        if done.exists():
            return
        added = sum(take_in(name, content) for name, content in paint_samples(count))
        enqueue(sync_models)
        sample_session.keep_templates()
        told = sample_session.tell_story()
        gathered = sample_albums.gather()
        done.touch()
        self.stderr.write(
            f"{added} sample pictures, {gathered} of them in albums, and a session of {told} steps are here."
        )


def take_in(name: str, content: bytes) -> bool:
    """Make a photo of one painted picture; False when it is there already, from a start that was cut short."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            importing.import_file(path)
        except importing.AlreadyHere:
            return False
    return True
