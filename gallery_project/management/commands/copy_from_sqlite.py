"""``manage.py copy_from_sqlite``: go on with PostgreSQL where a library began with SQLite."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gallery_project import copying
from gallery_project.launching import preparing
from gallery_project.launching.claiming import only_launcher
from gallery_project.launching.errors import LaunchError


class Command(BaseCommand):
    help = (
        "Copies all rows of a library from its SQLite file to the empty PostgreSQL database that DATABASE_URL names."
        " The gallery must be stopped. The SQLite file stays as it is; you sign in again afterwards."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = Path(settings.DATA_DIR) / "gallery.sqlite3"
        parser.add_argument("file", nargs="?", type=Path, default=default, help=f"default: {default}")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with only_launcher(Path(settings.DATA_DIR)), copying.opened(file):
                preparing.need_database()
                preparing.migrate()
                copied = sum(self._tell(table, rows) for table, rows in copying.copy_all())
        except (copying.CannotCopy, LaunchError) as reason:
            raise CommandError(f"{reason} Nothing was copied.") from reason
        self.stdout.write(f"{copied:,} rows copied. Start the gallery with the same DATABASE_URL.")

    def _tell(self, table: str, rows: int) -> int:
        self.stderr.write(f"{table}: {rows:,}")
        return rows
