"""All that the server knows and is: one object shared by its parts."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from demo.standin import versions
from demo.standin.accounts import Accounts
from demo.standin.boards import Boards
from demo.standin.events import Announcer
from demo.standin.folder import Shelf, keep_boards, keep_images, keep_queue
from demo.standin.images import Images
from demo.standin.models import Models
from demo.standin.queue import Queue
from demo.standin.switches import Misbehaviour
from demo.standin.versions import Version


@dataclass(frozen=True)
class Pace:
    """How fast the server pretends to work."""

    seconds_per_step: float = 0.0
    model_load_seconds: float = 0.0
    paints: bool = True  # False: one colour per seed, for tests with very many pictures


class Backend:
    """The state of the server; it outlives stops and starts."""

    def __init__(
        self, *, version: str = versions.CURRENT, pace: Pace | None = None, folder: Path | None = None
    ) -> None:
        self.version = version
        self.pace = pace or Pace()
        self.models = Models()
        self.images = Images(folder / "images" if folder else None)
        self.boards = Boards()
        self.queue = Queue()
        self.accounts = Accounts()
        self.faults = Misbehaviour()
        self.announcer = Announcer(self)
        self.nudge = asyncio.Event()
        self.loaded_model: str | None = None
        if folder:
            self._keep(folder)

    def _keep(self, folder: Path) -> None:
        keep_images(self.images, Shelf(folder / "image-records"))
        keep_boards(self.boards, Shelf(folder / "boards"))
        keep_queue(self.queue, Shelf(folder / "queue"))

    @property
    def speaks(self) -> Version:
        """Return the pretended version for comparing."""
        return Version.parse(self.version)

    def recover(self) -> None:
        """Do what the server does when it starts: interrupted items are canceled, pending ones stay."""
        for item in self.queue.with_status("in_progress"):
            self.queue.move(item, "canceled")
        if self.speaks < versions.HISTORY_KEPT:
            self.queue.remove(self.queue.with_status("completed", "failed", "canceled"))
