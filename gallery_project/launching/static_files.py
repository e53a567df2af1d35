"""Style sheets, scripts and icons: collected, hashed and compressed, only when one of them changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from gallery_project.launching.logs import show


def collect() -> None:
    """Collect the static files unless the last collection was made from the same ones."""
    stamp = Path(settings.DATA_DIR) / "static.stamp"
    state = fingerprint()
    if stamp.exists() and stamp.read_text() == state and Path(settings.STATIC_ROOT).is_dir():
        return
    show("Collecting the style sheets and scripts …")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(state)


def fingerprint() -> str:
    """Return a digest of every static file's name, size and time of change."""
    return hashlib.sha256("\n".join(sorted(_states())).encode()).hexdigest()


def _states() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            yield f"{path} {state.st_size} {state.st_mtime_ns}"
