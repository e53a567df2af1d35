"""``manage.py import_photos``: take the pictures of folders into the library."""

import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Generator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from albums import adding
from lib.processes import spread
from photos.intake import moving_in
from photos.intake.batches import batches
from photos.intake.counting_in import Tally, in_library
from photos.intake.folders import Walk
from photos.intake.moving_in import Outcome
from photos.intake.naming import spelled

STOPPED = "Stopped. What is counted here is in the library; run the same command again to go on."
INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Takes the pictures of files and folders into the library. The files stay as they are, unless --move is given."
        " Stopped or killed, it goes on when it is run again. Thumbnails are made while the gallery runs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder with all below it")
        parser.add_argument(
            "--album", default="", help="put them into the album of this name, which is made if need be"
        )
        parser.add_argument("--move", action="store_true", help="remove each file once its copy is verified")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")
        parser.add_argument(
            "--misnamed", action="store_true", help="take pictures of another kind than their names say, too"
        )
        parser.add_argument(
            "--processes", type=int, default=min(os.cpu_count() or 1, 8), help="how many files to look at at once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["processes"] < 1:
            raise CommandError("--processes must be at least 1.")
        walk, tally = Walk(), Tally()
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        is_stopped = False
        try:
            self._take_in(walk, tally, options)
        except KeyboardInterrupt:
            is_stopped = True
        self._report(walk, tally, would_be=options["dry_run"])
        if is_stopped:
            raise CommandError(STOPPED, returncode=INTERRUPTED)
        if walk.unreadable or not tally.is_clean:
            raise CommandError("Not everything could be imported; the reasons stand above.")

    def _take_in(self, walk: Walk, tally: Tally, options: dict[str, Any]) -> None:
        album = "" if options["dry_run"] else options["album"]
        found = _found(walk, options["paths"])
        progress = tqdm(total=sum(map(len, found)), unit=" files", disable=None, file=sys.stderr)
        with progress, closing(_outcomes(found, options)) as done:
            for outcomes in done:
                tally.count(outcomes)
                if album and (photos := in_library(outcomes)):
                    adding.add(adding.album_named(album), photos)
                progress.update(len(outcomes))

    def _report(self, walk: Walk, tally: Tally, *, would_be: bool) -> None:
        for folder, reason in walk.unreadable:
            self.stdout.write(f"not opened  {spelled(folder)}: {reason}.")
        for line in tally.lines(would_be=would_be):
            self.stdout.write(line)
        if walk.passed_over:
            self.stdout.write(f"{walk.passed_over:,} other files in the folders were passed over.")


def _found(walk: Walk, paths: list[Path]) -> list[list[Path]]:
    """Return the pictures in batches: all are counted before the first is read."""
    pictures = walk.pictures(path.absolute() for path in paths)
    looking = tqdm(pictures, desc="Looking", unit=" files", disable=None, leave=False, file=sys.stderr)
    return list(batches(looking))


def _outcomes(found: list[list[Path]], options: dict[str, Any]) -> Generator[list[Outcome], None, None]:
    work = moving_in.move_over if options["move"] else moving_in.move_in
    if options["dry_run"]:
        work = moving_in.rehearse
    work = partial(work, takes_misnamed=options["misnamed"])
    return spread(work, found, processes=min(options["processes"], len(found) or 1), broken=moving_in.broke)
