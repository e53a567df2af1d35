"""One program as a running process with a group of its own."""

import os
import signal
import subprocess
import time
from pathlib import Path

from gallery_project.launching import guard
from gallery_project.launching.logs import Log, show
from gallery_project.launching.programs import Program

FIRST_DELAY = 0.5
LONGEST_DELAY = 60.0
STEADY = 60.0


class Child:
    """A program that is running, waiting to be started again, or done.

    Each start makes a new session, so that a Ctrl-C on the console reaches the launcher alone, and so that everything
    a program started can be ended together by its group.
    """

    def __init__(self, program: Program, log: Log, folder: Path) -> None:
        self.program = program
        self.log = log
        self.folder = folder
        self.process: subprocess.Popen[str] | None = None
        self.started = 0.0
        self.delay = FIRST_DELAY
        self.due: float | None = 0.0

    @property
    def is_running(self) -> bool:
        """True between a start and the program's end."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> int:
        """Start the program; return its process group."""
        self.process = subprocess.Popen(  # noqa: S603
            self.program.command,
            cwd=self.folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self.started, self.due = time.monotonic(), None
        assert self.process.stdout
        assert self.process.stderr
        self.log.follow(self.process.stdout, is_shown=False)
        self.log.follow(self.process.stderr, is_shown=True)
        return self.process.pid

    def reap(self) -> int | None:
        """Return the group of a program that has just ended, its remains killed and its next start arranged."""
        if self.process is None or self.process.poll() is None:
            return None
        group, code = self.process.pid, self.process.returncode
        self.process = None
        guard.tell(group, signal.SIGKILL)
        self._arrange_next_start(code)
        return group

    def ask_to_stop(self) -> None:
        """Tell the program, and not what it started, to stop; it knows how to stop the rest in order."""
        self.due = None
        if self.process and self.is_running:
            self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the program and everything it started, now."""
        if self.process:
            guard.tell(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _arrange_next_start(self, code: int) -> None:
        if self.program.runs_once:
            return
        if time.monotonic() - self.started >= STEADY:
            self.delay = FIRST_DELAY
        show(f"{self.program.name} ended (code {code}); starting it again in {self.delay:g} s.")
        self.due = time.monotonic() + self.delay
        self.delay = min(self.delay * 2, LONGEST_DELAY)
