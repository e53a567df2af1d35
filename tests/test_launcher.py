"""``manage.py up`` as the owner runs it: a process of its own, with everything it starts."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = {"granian", "qcluster", "follow", "guard.py"}


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the variables of a launcher with a data folder and a port of its own."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GALLERY_", "DJANGO_", "DATABASE_"))
    }
    return {**kept, "GALLERY_DATA_DIR": str(folder), "GALLERY_PORT": str(free_port()), **more}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def current_database_url() -> str:
    """Return the address of the database the tests run on."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(values['NAME']))}"
    password = f":{quote(values['PASSWORD'])}" if values["PASSWORD"] else ""
    host = f"{quote(values['HOST'], safe='')}:{values['PORT'] or 5432}"
    return f"postgres://{quote(values['USER'])}{password}@{host}/{values['NAME']}"


def until(condition: Callable[[], object], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def processes(folder: Path) -> dict[int, str]:
    """Return the living processes that were started with this data folder, with their command lines."""
    found = {}
    mark = f"GALLERY_DATA_DIR={folder}".encode()
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0"):
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return {pid: line for pid, line in found.items() if line}


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)
    except OSError:
        return False


class Launched:
    """A launcher and what it said."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder = folder
        self.log = log
        self.variables = environment(folder, DATABASE_URL=current_database_url())
        self.health = f"http://127.0.0.1:{self.variables['GALLERY_PORT']}/healthz"
        with log.open("w") as output:
            command = [sys.executable, "manage.py", "up"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.variables, stdout=output, stderr=output)

    def said(self) -> str:
        return self.log.read_text()

    def running(self) -> set[str]:
        """Return which programs live."""
        lines = processes(self.folder).values()
        return {name for name in PROGRAMS if any(name in line for line in lines)}

    def pid_of(self, name: str) -> int:
        """Return the first process of a program, or 0 while there is none."""
        return min((pid for pid, line in processes(self.folder).items() if name in line), default=0)


@contextmanager
def launched(folder: Path) -> Iterator[Launched]:
    """Run the launcher until the block ends; whatever is left then is killed."""
    one = Launched(folder / "data", folder / "said.log")
    try:
        assert until(lambda: "is ready" in one.said() or one.process.poll() is not None, 90), one.said()
        yield one
    finally:
        for pid in processes(one.folder):
            os.kill(pid, signal.SIGKILL)
        one.process.wait()


def refusal(folder: Path, **variables: str) -> tuple[int, str]:
    """Run a launcher that cannot start; return its exit code and everything it said."""
    command = [sys.executable, "manage.py", "up"]
    variables = environment(folder, **variables)
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=90)
    return done.returncode, (done.stdout + done.stderr).strip()


@pytest.mark.django_db(transaction=True)
def test_it_answers_and_stops_without_leaving_a_process(tmp_path: Path) -> None:
    """It prints one address with the one-time key, refuses a second launcher, and ends when it is asked to."""
    with launched(tmp_path) as one:
        assert answers(one.health)
        assert len(re.findall(r"Open (http://127.0.0.1:\d+/welcome/\?key=\S+)", one.said())) == 1
        assert until(lambda: one.running() == PROGRAMS)
        code, sentence = refusal(one.folder)
        assert (code, "already runs" in sentence) == (1, True)
        one.process.send_signal(signal.SIGTERM)

        assert one.process.wait(timeout=30) == 0
        assert processes(one.folder) == {}


@pytest.mark.django_db(transaction=True)
def test_it_starts_again_what_dies_and_dies_without_orphans(tmp_path: Path) -> None:
    """A killed server is back soon; a killed launcher takes everything along within some seconds."""
    with launched(tmp_path) as one:
        assert until(lambda: one.running() == PROGRAMS)
        server = one.pid_of("granian")
        os.kill(server, signal.SIGKILL)
        assert until(lambda: one.pid_of("granian") != server and answers(one.health))
        one.process.kill()
        one.process.wait()

        assert until(lambda: processes(one.folder) == {}, 30)


def test_a_taken_port_is_told_in_one_sentence(tmp_path: Path) -> None:
    """With the variable that names another."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        code, sentence = refusal(tmp_path / "data", GALLERY_PORT=str(listener.getsockname()[1]))

    assert code == 1
    assert re.fullmatch(r"Port \d+ on 127.0.0.1 is taken .*GALLERY_PORT.*", sentence)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"DATABASE_URL": "postgres://somebody:hidden@127.0.0.1:9/gallery"}, r"The database cannot be reached.*"),
        ({"DATABASE_URL": "mysql://somebody:hidden@127.0.0.1/gallery"}, r"DATABASE_URL must begin with .*"),
        ({"GALLERY_DEBUG": "perhaps"}, r"GALLERY_DEBUG must be .*"),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence(tmp_path: Path, variables: dict[str, str], expected: str) -> None:
    """No traceback, no password, no success."""
    code, sentence = refusal(tmp_path / "data", **variables)

    assert code == 1
    assert re.fullmatch(expected, sentence)
    assert "hidden" not in sentence


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    """Something else is in its place."""
    (tmp_path / "data").write_text("")
    code, sentence = refusal(tmp_path / "data")

    assert (code, len(sentence.splitlines())) == (1, 1)
    assert "cannot be made" in sentence
