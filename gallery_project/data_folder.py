"""The folder that holds the database, the pictures, the logs and the secret key."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from lib import private_file


def data_folder(path: str, *, is_demo: bool) -> Path:
    """Return the folder that ``path`` names, or for the demo the one inside it."""
    folder = Path(path).expanduser().resolve()
    return folder / "demo" if is_demo else folder


def make_private_folder(folder: Path) -> Path:
    """Make ``folder`` and its parents if they are not there; only their owner may enter the folder itself.

    Raises:
        ImproperlyConfigured: when the folder cannot be made or written to.
    """
    try:
        if not folder.is_dir():
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"The data folder {folder} cannot be made: {error.strerror}.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"The data folder {folder} cannot be written to by this user.")
    return folder


def secret_key(folder: Path) -> str:
    """Return the key kept in ``folder``, making it on first use.

    Raises:
        ImproperlyConfigured: when the key can be neither read nor made.
    """
    path = folder / "secret-key"
    try:
        key = private_file.read_or_make(path, get_random_secret_key)
    except OSError as error:
        raise ImproperlyConfigured(f"The secret key {path} cannot be read: {error.strerror}.") from error
    if not key:
        raise ImproperlyConfigured(f"The secret key {path} is empty. Put the old one back, or delete the file.")
    return key
