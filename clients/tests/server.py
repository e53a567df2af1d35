"""A small real HTTP server that answers as it is told and remembers what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

import simple_websocket  # type: ignore[import-untyped]

Socket: TypeAlias = simple_websocket.Server
ANSWERS = Path(__file__).parent / "answers"
JSON = "application/json"
PAGE = b"<!doctype html><title>Not the API</title>"


def recorded(name: str) -> Any:
    """Return one recorded answer."""
    return json.loads((ANSWERS / f"{name}.json").read_text())


@dataclass
class Asked:
    """One request that came."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    """What to say, after ``delay`` seconds; ``promised`` announces another length than that of the body."""

    status: int = 200
    body: bytes = b"null"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    promised: int | None = None


@dataclass
class FakeServer:
    """Plays one list of answers per method and path; the last one stays. Anything else gets a web page with 200."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: dict[tuple[str, str], list[Answer]] = field(default_factory=dict)
    socket_script: Callable[[Socket], None] | None = None
    done: threading.Event = field(default_factory=threading.Event)

    def says(self, method: str, path: str, body: Any = None, *, status: int = 200, **how: Any) -> None:
        """Answer with JSON, or with the bytes given; calls for one path are played one after the other."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": JSON} | how.pop("headers", {})
        self.answers.setdefault((method, path), []).append(Answer(status, raw, headers, **how))

    def answer_to(self, method: str, path: str) -> Answer:
        planned = self.answers.get((method, path), [])
        if not planned:
            return Answer(200, PAGE, {"Content-Type": "text/html; charset=utf-8"})
        return planned.pop(0) if len(planned) > 1 else planned[0]


class Player(BaseHTTPRequestHandler):
    """Plays a FakeServer's answers."""

    fake: FakeServer
    protocol_version = "HTTP/1.1"

    def play(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.fake.asked.append(Asked(self.command, parts.path, parse_qs(parts.query), dict(self.headers), body))
        if self.headers.get("Upgrade") and self.fake.socket_script:
            return self.play_socket(self.fake.socket_script)
        answer = self.fake.answer_to(self.command, parts.path)
        self.fake.done.wait(answer.delay)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(answer.promised or len(answer.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(BrokenPipeError):  # a caller that did not wait
            self.wfile.write(answer.body)
        self.close_connection = True
        return None

    do_GET = do_POST = do_PUT = do_DELETE = play  # noqa: N815 - http.server's names

    def play_socket(self, script: Callable[[Socket], None]) -> None:
        environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers.items()}
        socket = Socket({"werkzeug.socket": self.connection, **environ})
        socket.send('0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000}')
        script(socket)
        socket.close()
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def running() -> Iterator[FakeServer]:
    """Run a fake server on a free port."""
    fake = FakeServer()
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Player,), {"fake": fake}))
    fake.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield fake
    finally:
        fake.done.set()
        http.shutdown()
        http.server_close()
        thread.join()
