"""The connection test says exactly what is wrong."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client

from clients.http import Timeouts
from settings_app import probing
from settings_app.tests.test_settings_page import SQUARE, sent

Answers = dict[str, Any]
Server = Callable[[Answers], str]

GOOD: Answers = {
    "/api/v1/app/version": {"version": "6.14.2"},
    "/api/v1/auth/status": {"multiuser_enabled": False},
    "/api/v1/queue/default/status": {
        "queue": dict.fromkeys(("pending", "in_progress", "completed", "failed", "canceled", "total"), 0),
        "processor": {"is_started": True, "is_processing": False},
    },
    "/api/v2/models/": {"models": []},
}


@pytest.fixture
def server() -> Iterator[Server]:
    """Starts a small server that gives the answers it is told; anything else is a web page."""
    running: list[ThreadingHTTPServer] = []

    def start(answers: Answers) -> str:
        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer = answers.get(self.path)
                kind = "text/html" if answer is None else "application/json"
                body = b"<html>" if answer is None else json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                pass

        running.append(ThreadingHTTPServer(("127.0.0.1", 0), Answering))
        threading.Thread(target=running[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{running[-1].server_port}"

    yield start
    for one in running:
        one.shutdown()
        one.server_close()


def _model(key: str) -> dict[str, Any]:
    return {"key": key, "hash": f"blake3:{key}", "name": key, "base": "sd-1", "type": "main", "format": "diffusers"}


def test_a_good_server_is_told_with_its_version_time_and_models(server: Server) -> None:
    """All the owner wants to know."""
    verdict = probing.probe(server({**GOOD, "/api/v2/models/": {"models": [_model("a"), _model("b")]}}))

    assert verdict.is_good
    assert verdict.text.startswith("InvokeAI 6.14.2 answered in ")
    assert verdict.text.endswith(" ms, 2 models.")


def test_no_models_is_told_with_what_to_do(server: Server) -> None:
    """A fresh InvokeAI has none."""
    assert "install one in InvokeAI" in probing.probe(server(GOOD)).text


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"/api/v1/app/version": None}, "not as InvokeAI"),
        ({"/api/v1/app/version": {"name": "else"}}, "version"),
        ({"/api/v1/app/version": {"version": "4.2.9"}}, "needs 5.0"),
        ({"/api/v1/auth/status": {"multiuser_enabled": True}}, "asks for a login"),
    ],
)
def test_a_server_that_cannot_be_used_is_told(server: Server, changed: Answers, message: str) -> None:
    """Something else, too old, or behind a login."""
    verdict = probing.probe(server({**GOOD, **changed}))

    assert not verdict.is_good
    assert message in verdict.text


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://127.0.0.1:1", "Nothing answers"),
        ("http://no-such-host.invalid:9090", "No server is known by the name"),
        ("ftp://host", "must begin with http://"),
        ("", "not known"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(address: str, message: str) -> None:
    """Refused, unknown, or no address at all."""
    assert message in probing.probe(address).text


def test_a_silent_server_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It accepts the connection and says nothing."""
    monkeypatch.setattr(probing, "PATIENCE", Timeouts(connect=1, read=0.2, whole=1))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        verdict = probing.probe(f"http://127.0.0.1:{silent.getsockname()[1]}")

    assert "too long" in verdict.text


def test_the_button_tests_what_is_typed_not_what_is_stored(server: Server, owner_client: Client) -> None:
    """And answers with the verdict alone."""
    form = sent(SQUARE, local_backend_url=server(GOOD))

    part = owner_client.post("/settings/connection/", form, headers={"HX-Request": "true"}).content.decode()

    assert "Connected" in part
    assert "<html" not in part


def test_without_javascript_the_page_comes_back_with_the_verdict(owner_client: Client) -> None:
    """What was typed is still there."""
    form = sent(SQUARE, local_backend_url="http://127.0.0.1:1", default_steps=77)

    page = owner_client.post("/settings/connection/", form).content.decode()

    assert "Nothing answers" in page
    assert 'value="77"' in page
