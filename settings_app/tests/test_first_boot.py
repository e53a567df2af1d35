"""What a pod runs: nobody can reach InvokeAI before it has the gallery's account."""

import json
import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest

from clients.errors import RemoteRejected
from clients.podwatch import PodWatch
from clients.tests.server import FakeServer, running
from settings_app.pods import first_boot
from settings_app.pods.inside import run
from settings_app.pods.models import RemoteAccount
from settings_app.tests.factories import PodFactory

# What stands for all addresses of the container.
OUTSIDE = "localhost"
# Stands in for InvokeAI: makes its database, and notes on which address it was reached and what it was sent.
STUB = """#!{python}
import json, os
from http.server import BaseHTTPRequestHandler, HTTPServer
root, host, port = os.environ["INVOKEAI_ROOT"], os.environ["INVOKEAI_HOST"], int(os.environ["INVOKEAI_PORT"])
os.makedirs(os.path.join(root, "databases"), exist_ok=True)
database, notes = os.path.join(root, "databases", "invokeai.db"), open(os.path.join(root, "notes"), "a")
secret = sorted(set(os.environ) & {{"GALLERY_PASSWORD", "RUNPOD_API_KEY"}})
print(json.dumps(["runs", host, port, secret]), file=notes, flush=True)
if "BREAKS_DOWN" in os.environ and host != "127.0.0.1":
    raise SystemExit(1)
class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        is_on = os.environ["INVOKEAI_MULTIUSER"] == "true"
        self.say({{"multiuser_enabled": is_on, "setup_required": not os.path.exists(database)}})
    def do_POST(self):
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        open(database, "w").close()
        print(json.dumps(["account", host, sent]), file=notes, flush=True)
        self.say({{}})
    def say(self, what):
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass
HTTPServer((host, port), Answer).serve_forever()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Container:
    """Runs the command as a container would."""

    def __init__(self, folder: Path) -> None:
        self.root, self.port, self.inside, self.ear = folder / "root", free_port(), free_port(), free_port()
        self.bin = folder / "bin"
        self.bin.mkdir()
        stub = self.bin / "invokeai-web"
        stub.write_text(STUB.format(python=sys.executable))
        stub.chmod(0o755)

    def run(self, **environment: str) -> "subprocess.Popen[bytes]":
        variables = {
            "PATH": f"{self.bin}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "INVOKEAI_ROOT": str(self.root),
            "INVOKEAI_HOST": OUTSIDE,
            "INVOKEAI_PORT": str(self.port),
            "INVOKEAI_MULTIUSER": "true",
            "GALLERY_PORT_INSIDE": str(self.inside),
            "GALLERY_EMAIL": "gallery@example.org",
            "GALLERY_PASSWORD": "Aa1-secret",
            "GALLERY_PAUSE_SECONDS": "0.1",
            "GALLERY_LONGEST_SECONDS": "100000",
            "GALLERY_SILENCE_SECONDS": "100000",
            "GALLERY_WATCH_PORT": str(self.ear),
            "GALLERY_AT_LAST": "terminate",
            "GALLERY_API": "http://127.0.0.1:9",
            "RUNPOD_API_KEY": "key of the pod",
            "RUNPOD_POD_ID": "pod1",
            **environment,
        }
        return subprocess.Popen(first_boot.command(), env=variables, stdout=subprocess.PIPE)

    def watch(self, word: str) -> PodWatch:
        return PodWatch(f"http://127.0.0.1:{self.ear}", word=word)

    def notes(self) -> list[list[object]]:
        file = self.root / "notes"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def wait_for(self, count: int) -> list[list[object]]:
        until = monotonic() + 60
        while len(self.notes()) < count:
            assert monotonic() < until, self.notes()
            sleep(0.05)
        return self.notes()


@pytest.fixture
def container(tmp_path: Path) -> Container:
    return Container(tmp_path)


def end(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(30)


def test_the_account_is_made_where_nobody_else_can_reach(container: Container) -> None:
    """Then the server runs for good, with no secret in its environment; the next boot needs no account."""
    first = container.run()
    notes = container.wait_for(3)
    end(first)
    second = container.run()
    again = container.wait_for(4)[3:]
    end(second)

    account = {"email": "gallery@example.org", "display_name": "Photo gallery", "password": "Aa1-secret"}
    assert [note[:3] for note in notes] == [
        ["runs", "127.0.0.1", container.inside],
        ["account", "127.0.0.1", account],
        ["runs", OUTSIDE, container.port],
    ]
    assert again == [["runs", OUTSIDE, container.port, []]]
    assert notes[2][3] == []


def test_without_an_account_the_port_is_never_opened(container: Container) -> None:
    """A server that asks nobody for a password is worse than none."""
    process = container.run(INVOKEAI_MULTIUSER="false")
    assert process.stdout
    said = process.stdout.readline()
    assert process.poll() is None
    end(process)

    assert b"not in multi-user mode; this pod waits to be ended" in said
    assert [note[:2] for note in container.notes()] == [["runs", "127.0.0.1"]]


def test_a_server_that_breaks_down_is_started_again(container: Container) -> None:
    """Else the container would be, and the time it may last would begin anew."""
    process = container.run(BREAKS_DOWN="1")
    container.wait_for(5)
    end(process)

    assert process.returncode == 0
    assert [note[:2] for note in container.notes()[2:]] == [["runs", OUTSIDE]] * 3


def test_at_last_the_pod_ends_itself(container: Container) -> None:
    """For the case that the gallery can no longer do so; with the pod's own key, not ours."""
    with running() as runpod:
        runpod.says("POST", "/v2/pods/pod1/action", {})
        process = container.run(GALLERY_API=runpod.url, GALLERY_LONGEST_SECONDS="0.2")
        asked = _wait_for_one(runpod)
        end(process)

    assert asked.json == {"action": "terminate"}
    assert asked.headers["Authorization"] == "Bearer key of the pod"


def test_alone_for_too_long_the_pod_ends_itself(container: Container) -> None:
    """Once it has heard the gallery, by the word that only the gallery knows."""
    with running() as runpod:
        runpod.says("POST", "/v2/pods/pod1/action", {})
        process = container.run(GALLERY_API=runpod.url, GALLERY_SILENCE_SECONDS="0.2", GALLERY_AT_LAST="stop")
        container.wait_for(3)
        with pytest.raises(RemoteRejected):
            container.watch("another word").hear()
        assert not runpod.asked

        container.watch(first_boot.word_for(RemoteAccount(password="Aa1-secret"))).hear()
        asked = _wait_for_one(runpod)
        end(process)

    assert asked.json == {"action": "stop"}


def test_a_pod_that_never_heard_the_gallery_is_not_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its port cannot be reached, only the longest time ends it."""
    now = 0.0
    monkeypatch.setattr(run.time, "monotonic", lambda: now)
    watch = run.Watch(longest=9000, silence=3600)
    now = 8999
    assert not watch.is_over()

    watch.hear()
    now = 9000
    assert watch.is_over()


def test_each_sign_of_life_begins_the_silence_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to the longest time."""
    now = 0.0
    monkeypatch.setattr(run.time, "monotonic", lambda: now)
    watch = run.Watch(longest=100_000, silence=3600)
    for moment in (0.0, 3000.0, 6000.0):
        now = moment
        watch.hear()
    now = 9599.0
    assert not watch.is_over()
    now = 9600.0
    assert watch.is_over()


def _wait_for_one(runpod: FakeServer):
    until = monotonic() + 60
    while not runpod.asked:
        assert monotonic() < until
        sleep(0.05)
    return runpod.asked[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("is_lasting", "act"), [(False, "terminate"), (True, "stop")])
def test_the_environment_holds_what_is_needed_and_not_our_key(is_lasting: bool, act: str) -> None:
    """RunPod shows it to whoever has the API key."""
    pod = PodFactory(lasting=is_lasting)

    found = first_boot.environment(
        pod, longest=timedelta(hours=8), idle=timedelta(hours=1), api_base="https://api.example.org"
    )

    assert (found["GALLERY_AT_LAST"], found["GALLERY_LONGEST_SECONDS"]) == (act, str(9 * 3600))
    assert found["GALLERY_SILENCE_SECONDS"] == str(90 * 60)
    assert found["INVOKEAI_MULTIUSER"] == "true"
    assert not any("KEY" in name for name in found)
    assert len(json.dumps(first_boot.command())) < 50_000
