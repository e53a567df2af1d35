"""A secret in a file that only its owner can read."""

import os
from collections.abc import Callable
from pathlib import Path


def read_or_make(path: Path, make: Callable[[], str]) -> str:
    """Return what ``path`` holds, making it with ``make()`` when it is not there.

    Several processes may come at once: the one that links its file into place first decides, the others read it.
    """
    if not path.exists():
        _place(path, make())
    return path.read_text().strip()


def _place(path: Path, secret: str) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
