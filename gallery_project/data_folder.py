"""The folder that holds the database, the pictures, the logs and the secret key."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def make_private_folder(folder: Path) -> Path:
    """Make ``folder`` and its parents if they are not there; only their owner may enter the folder itself.

    Raises:
        ImproperlyConfigured: when the folder cannot be made or written to.
    """
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
    except OSError as error:
        raise ImproperlyConfigured(f"The data folder {folder} cannot be made: {error.strerror}.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"The data folder {folder} cannot be written to by this user.")
    return folder


def secret_key(folder: Path) -> str:
    """Return the key kept in ``folder``, making it on first use.

    Two processes may start at once: the one that links its file into place first decides, the other reads it.
    """
    path = folder / "secret-key"
    if not path.exists():
        _place_new_key(path)
    return path.read_text().strip()


def _place_new_key(path: Path) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(get_random_secret_key())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
