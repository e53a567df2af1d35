"""Runs in the container in place of the image's own command: makes the gallery's account, then InvokeAI, and watches.

It needs nothing but Python. Whoever comes first in InvokeAI's multi-user mode is administrator, so on a new volume the
server first runs where only the pod itself reaches it. The watch ends the pod after its longest time, and when the
gallery, once heard, has been silent for too long. It never leaves by itself: a container that RunPod starts
again and again would never be too old.
"""

# Every address is made of what the gallery itself gave, and the one program is the image's own.
# ruff: noqa: S310, S603

import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SERVER = ["invokeai-web"]
SECRETS = {"GALLERY_PASSWORD", "RUNPOD_API_KEY"}
FIRST_BOOT_SECONDS = 1500
RETRY_SECONDS = 300


class NoAccountError(Exception):
    """InvokeAI must not be reached by anybody, and says why."""


class Watch:
    """Knows when the pod has to end."""

    def __init__(self, longest: float, silence: float) -> None:
        self.longest, self.silence = longest, silence
        self.began = time.monotonic()
        self.heard: float | None = None

    def hear(self) -> None:
        """Note a sign of life of the gallery."""
        self.heard = time.monotonic()

    def is_over(self) -> bool:
        """Tell whether it ran for too long, or alone for too long; never heard at all is not alone."""
        now = time.monotonic()
        is_alone = self.heard is not None and now - self.heard >= self.silence
        return is_alone or now - self.began >= self.longest

    def run(self) -> None:
        """End the pod when that is due, again and again until it is so."""
        step = min(5.0, self.longest, self.silence)
        while True:
            if self.is_over():
                end_pod()
                time.sleep(min(RETRY_SECONDS, 10 * self.silence))
            time.sleep(step)


def end_pod() -> None:
    """Ask RunPod, with the pod's own key, to stop or delete this pod."""
    url = f"{os.environ['GALLERY_API']}/v2/pods/{os.environ.get('RUNPOD_POD_ID')}/action"
    headers = {
        "Authorization": f"Bearer {os.environ.get('RUNPOD_API_KEY')}",
        "Content-Type": "application/json",
        "User-Agent": "photo-gallery",
    }
    body = json.dumps({"action": os.environ["GALLERY_AT_LAST"]}).encode()
    try:
        urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30).close()
    except Exception as error:
        say(f"could not end this pod ({type(error).__name__})")


def listen(watch: Watch, word: str) -> None:
    """Hear the gallery, and nobody else, at a port of its own."""

    class Ear(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self) -> None:
            is_ours = hmac.compare_digest(self.headers.get("Authorization", "").encode(), f"Bearer {word}".encode())
            if is_ours:
                watch.hear()
            self.send_response(204 if is_ours else 401)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    port = int(os.environ["GALLERY_WATCH_PORT"])
    ThreadingHTTPServer(("0.0.0.0", port), Ear).serve_forever()  # noqa: S104 - inside the container


def make_account(root: str, password: str) -> None:
    """Run InvokeAI where nobody else reaches it until it has the gallery's account."""
    port = os.environ.get("GALLERY_PORT_INSIDE", "19090")
    server = subprocess.Popen(SERVER, env={**bare(), "INVOKEAI_HOST": "127.0.0.1", "INVOKEAI_PORT": port})
    url = f"http://127.0.0.1:{port}/api/v1/auth/"
    try:
        status = first_answer(server, url + "status")
        if not status.get("multiuser_enabled"):
            raise NoAccountError("InvokeAI is not in multi-user mode")
        if status.get("setup_required"):
            email = os.environ["GALLERY_EMAIL"]
            call(url + "setup", {"email": email, "display_name": "Photo gallery", "password": password})
    finally:
        end(server)
    with open(os.path.join(root, ".gallery-account"), "w") as mark:
        mark.write("made\n")


def first_answer(server: "subprocess.Popen[bytes]", url: str) -> dict[str, object]:
    """Wait until InvokeAI answers."""
    deadline = time.monotonic() + FIRST_BOOT_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            return call(url)
        except Exception:  # whatever it is, it is not up yet
            time.sleep(2)
    raise NoAccountError("InvokeAI did not start for its first boot")


def call(url: str, body: dict[str, str] | None = None) -> dict[str, object]:
    """Call InvokeAI inside."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        told: dict[str, object] = json.load(answer)
        return told


def end(server: "subprocess.Popen[bytes]") -> None:
    """Have a server finish, or not."""
    server.terminate()
    try:
        server.wait(60)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def bare() -> dict[str, str]:
    """Return the environment without what InvokeAI must not see."""
    return {name: value for name, value in os.environ.items() if name not in SECRETS}


def say(text: str) -> None:
    """Write to the container's log."""
    sys.stdout.write(f"gallery: {text}\n")
    sys.stdout.flush()


def leave(*_: object) -> None:
    """Go when the container is told to."""
    sys.exit(0)


def run_for_good() -> None:
    """Run InvokeAI, again when it breaks down."""
    while True:
        server = subprocess.Popen(SERVER, env=bare())
        try:
            say(f"InvokeAI ended ({server.wait()}) and is started again")
        finally:
            end(server)
        time.sleep(float(os.environ.get("GALLERY_PAUSE_SECONDS", "5")))


def main() -> None:
    """Watch from the very beginning, make the account when it is missing, then run InvokeAI for good."""
    root, password = os.environ["INVOKEAI_ROOT"], os.environ.pop("GALLERY_PASSWORD")
    word = hashlib.sha256(f"alive {password}".encode()).hexdigest()
    watch = Watch(float(os.environ["GALLERY_LONGEST_SECONDS"]), float(os.environ["GALLERY_SILENCE_SECONDS"]))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    threading.Thread(target=watch.run, daemon=True).start()
    threading.Thread(target=listen, args=(watch, word), daemon=True).start()
    os.makedirs(root, exist_ok=True)
    needed = (os.path.join(root, ".gallery-account"), os.path.join(root, "databases", "invokeai.db"))
    try:
        if not all(map(os.path.exists, needed)):
            make_account(root, password)
    except NoAccountError as reason:
        say(f"{reason}; this pod waits to be ended")
        threading.Event().wait()
    run_for_good()


if __name__ == "__main__":
    main()
