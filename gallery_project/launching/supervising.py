"""Keeping the programs running until somebody asks to stop."""

import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from gallery_project.launching.children import Child
from gallery_project.launching.guarding import Guard
from gallery_project.launching.logs import Log, show
from gallery_project.launching.programs import Program

GRACE = 6.0
TICK = 0.2


class Supervisor:
    """Starts programs, starts again what dies, and ends all of them together."""

    def __init__(self, programs: list[Program], *, folder: Path, logs: Path) -> None:
        self.children = {program.name: Child(program, Log(logs, program.name), folder) for program in programs}
        self.stop_asked = threading.Event()
        self.guard = Guard()

    def run(self, each_tick: Callable[[], None]) -> None:
        """Keep everything running until a signal asks to stop, then stop it.

        Args:
            each_tick: called a few times each second between looks at the programs.
        """
        self._take_signals()
        try:
            while not self.stop_asked.is_set():
                self.look()
                each_tick()
                self.stop_asked.wait(TICK)
        finally:
            self.stop()

    def look(self) -> None:
        """Bury what ended and start what is due."""
        for child in self.children.values():
            if group := child.reap():
                self.guard.remove(group)
            if child.due is not None and time.monotonic() >= child.due:
                self.guard.add(child.start())

    def restart(self, name: str) -> None:
        """End a program that hangs; the next look starts it again."""
        self.children[name].kill()

    def uptime(self, name: str) -> float:
        """Return the seconds since the program was last started."""
        return time.monotonic() - self.children[name].started

    def stop(self) -> None:
        """Ask every program to stop, wait a little, and end whatever is left of any of them."""
        for child in self.children.values():
            child.ask_to_stop()
        self._wait_for_all(GRACE)
        for child in self.children.values():
            child.kill()
        self.guard.dismiss()

    def _wait_for_all(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and any(child.is_running for child in self.children.values()):
            time.sleep(0.05)

    def _take_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # A hang-up that is ignored already stays so: that is how nohup asks to outlive the terminal.
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._note_signal)

    def _note_signal(self, number: int, frame: FrameType | None) -> None:
        if not self.stop_asked.is_set():
            show("Stopping …")
        self.stop_asked.set()
