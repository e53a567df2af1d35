"""Keeping programs running, with small programs instead of the real ones."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gallery_project.launching import children, supervising
from gallery_project.launching.programs import Program
from gallery_project.launching.supervising import Supervisor

SLEEPS = "import time; time.sleep(60)"
HAS_A_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEPS!r}])"
IGNORES_TERM = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); {SLEEPS}"


def until(condition: Callable[[], object], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def members(group: int) -> list[int]:
    """Return the living processes of a group."""
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid for pid in pids if _group(pid) == group]


def _group(pid: int) -> int | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else int(fields[2])


def keeping(supervisor: Supervisor, condition: Callable[[], object]) -> bool:
    """Wait for the condition while the supervisor does its rounds."""

    def look() -> object:
        supervisor.look()
        return condition()

    return until(look)


@contextmanager
def running(code: str, folder: Path, *, runs_once: bool = False) -> Iterator[Supervisor]:
    program = Program("small", [sys.executable, "-c", code], runs_once=runs_once)
    supervisor = Supervisor([program], folder=folder, logs=folder)
    supervisor.look()
    try:
        yield supervisor
    finally:
        supervisor.stop()


def pid(supervisor: Supervisor) -> int:
    process = supervisor.children["small"].process
    return process.pid if process else 0


def test_what_dies_is_started_again(tmp_path: Path) -> None:
    """After a short delay, as another process."""
    with running(SLEEPS, tmp_path) as supervisor:
        first = pid(supervisor)
        os.kill(first, signal.SIGKILL)

        assert keeping(supervisor, lambda: pid(supervisor) not in {0, first})


def test_what_dies_at_once_waits_longer_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that cannot start does not keep the machine busy."""
    monkeypatch.setattr(children, "FIRST_DELAY", 0.01)
    with running("raise SystemExit(3)", tmp_path) as supervisor:
        child = supervisor.children["small"]
        child.delay = 0.01

        assert keeping(supervisor, lambda: child.delay >= 0.08)


def test_what_runs_once_is_not_started_again(tmp_path: Path) -> None:
    """Its end is its success."""
    with running("", tmp_path, runs_once=True) as supervisor:
        assert keeping(supervisor, lambda: supervisor.children["small"].process is None)
        supervisor.look()

        assert pid(supervisor) == 0


def test_a_dead_parent_takes_its_children_along(tmp_path: Path) -> None:
    """Nothing works on beside the program that is started anew."""
    with running(HAS_A_CHILD, tmp_path) as supervisor:
        group = pid(supervisor)
        assert until(lambda: len(members(group)) == 2)
        os.kill(group, signal.SIGKILL)

        assert keeping(supervisor, lambda: not members(group))


def test_stopping_ends_even_what_does_not_listen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the grace the whole group is ended."""
    monkeypatch.setattr(supervising, "GRACE", 0.3)
    with running(IGNORES_TERM, tmp_path) as supervisor:
        group = pid(supervisor)
        assert until(lambda: (tmp_path / "small.log").read_text())
        supervisor.stop()

        assert members(group) == []


def test_a_guard_that_was_killed_is_replaced_and_knows_everything(tmp_path: Path) -> None:
    """The next guard ends what the first was told of, too."""
    with running(SLEEPS, tmp_path) as supervisor:
        group = pid(supervisor)
        supervisor.guard.process.kill()
        supervisor.guard.process.wait()
        supervisor.guard.add(2**22 + 1)
        assert supervisor.guard.process.stdin
        supervisor.guard.process.stdin.close()

        assert until(lambda: supervisor.children["small"].process.poll() is not None)
        assert members(group) == []


def test_notes_are_kept_but_not_shown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A warning is shown; what went well would only push the address to open off the screen."""
    said = "2026-11-22 20:59:15,737 INFO photos: added\n2026-11-22 20:59:15,737 WARNING photos: odd\n"
    with running(f"import sys; sys.stderr.write({said!r})", tmp_path, runs_once=True):
        assert until(lambda: "odd" in (tmp_path / "small.log").read_text())

    assert "added" in (tmp_path / "small.log").read_text()
    assert "added" not in capfd.readouterr().err


def test_what_a_program_says_is_kept(tmp_path: Path) -> None:
    """Both streams, in the program's own file."""
    with running("import sys; print('to keep'); print('to show', file=sys.stderr)", tmp_path, runs_once=True):
        log = tmp_path / "small.log"

        assert until(lambda: {"to keep", "to show"} <= set(log.read_text().splitlines()))
