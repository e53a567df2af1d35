"""What a pod is told to run: InvokeAI, which nobody can reach before it has the gallery's account, and a watch.

The watch is for the case that the gallery can no longer end the pod: it does so itself after the longest session and
an hour's grace, and earlier when it has not heard the gallery for a while.
"""

import hashlib
from datetime import timedelta
from pathlib import Path

from settings_app.pods.models import Pod, RemoteAccount
from settings_app.pods.reaching import PORT, WATCH_PORT

MOUNT = "/workspace"
ROOT = f"{MOUNT}/invokeai"
GRACE = timedelta(hours=1)
SHORTEST_SILENCE = timedelta(hours=1)
AFTER_IDLE = timedelta(minutes=30)


def command() -> tuple[str, ...]:
    """Return what runs in the container instead of the image's own command."""
    return ("python3", "-c", (Path(__file__).parent / "inside" / "run.py").read_text())


def word_for(account: RemoteAccount) -> str:
    """Return the word by which the watch in the pod knows the gallery; like a key, never shown and never logged."""
    return hashlib.sha256(f"alive {account.password}".encode()).hexdigest()


def silence_for(idle: timedelta) -> timedelta:
    """Return how long a pod bears not hearing the gallery, which stops it when idle for so long."""
    return max(SHORTEST_SILENCE, idle + AFTER_IDLE)


def environment(pod: Pod, *, longest: timedelta, idle: timedelta, api_base: str) -> dict[str, str]:
    """Return the container's environment. RunPod shows it to whoever has the API key; ours is never in it."""
    return {
        "INVOKEAI_ROOT": ROOT,
        "INVOKEAI_HOST": "0.0.0.0",  # noqa: S104 - inside the container, behind RunPod's proxy
        "INVOKEAI_PORT": str(PORT),
        "INVOKEAI_MULTIUSER": "true",
        "GALLERY_EMAIL": pod.account.email,
        "GALLERY_PASSWORD": pod.account.password,
        "GALLERY_LONGEST_SECONDS": _seconds(longest + GRACE),
        "GALLERY_SILENCE_SECONDS": _seconds(silence_for(idle)),
        "GALLERY_WATCH_PORT": str(WATCH_PORT),
        "GALLERY_AT_LAST": "terminate" if pod.is_disposable else "stop",
        "GALLERY_API": api_base,
    }


def _seconds(span: timedelta) -> str:
    return str(int(span.total_seconds()))
