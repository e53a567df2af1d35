"""The launcher's side of the guard: starting it and telling it what to end."""

import subprocess
import sys
from collections.abc import Iterable

from gallery_project.launching import guard


class Guard:
    """A small process that outlives the launcher just long enough to end the rest (see ``guard.py``)."""

    def __init__(self) -> None:
        self.groups: set[int] = set()
        self.process = self._start()

    def add(self, group: int) -> None:
        """Have the group ended when the launcher is gone."""
        self.groups.add(group)
        self._tell(f"+{group}")

    def remove(self, group: int) -> None:
        """Forget a group that has ended."""
        self.groups.discard(group)
        self._tell(f"-{group}")

    def dismiss(self) -> None:
        """End the guard: everything has been stopped in order."""
        self.process.kill()
        self.process.communicate()

    def _tell(self, *lines: str) -> None:
        try:
            self._write(lines)
        except OSError:
            # Somebody ended the guard: a new one must know every group.
            self.process = self._start()
            self._write(f"+{group}" for group in self.groups)

    def _write(self, lines: Iterable[str]) -> None:
        assert self.process.stdin
        self.process.stdin.write("".join(f"{line}\n" for line in lines))
        self.process.stdin.flush()

    @staticmethod
    def _start() -> "subprocess.Popen[str]":
        command = [sys.executable, "-I", "-S", guard.__file__]
        return subprocess.Popen(command, stdin=subprocess.PIPE, text=True, start_new_session=True)  # noqa: S603
