"""What the programs say: kept in a file each, and the part that matters shown on the console.

Standard error is shown and kept, but for the notes (INFO) of our own logging, which would push the address to open off
the screen. Those and the standard output (each request, for the web server) are only kept.
"""

import contextlib
import logging
import re
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

LARGEST = 5 * 1024 * 1024
KEPT = 3
NOTE = re.compile(r"\d{4}-\d\d-\d\d [\d:,]+ (DEBUG|INFO) ")


class Log:
    """Where the lines of one program go."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.file = RotatingFileHandler(folder / f"{name}.log", maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")

    def follow(self, stream: IO[str], *, is_shown: bool) -> None:
        """Take the lines of ``stream`` in a thread of its own until the program closes it."""
        threading.Thread(target=self._take, args=(stream, is_shown), daemon=True).start()

    def _take(self, stream: IO[str], is_shown: bool) -> None:
        with stream:
            for line in stream:
                self.file.handle(logging.makeLogRecord({"msg": line.rstrip("\n")}))
                if is_shown and not NOTE.match(line):
                    show(f"{self.name:<7} | {line.rstrip()}")


def show(line: str) -> None:
    """Print a line; a console that was closed does not stop the gallery."""
    with contextlib.suppress(OSError):
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - the console is where the owner looks
