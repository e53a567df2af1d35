"""The files pictures are fetched into, before the library takes them over."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages

MARK = "fetching-"


@contextmanager
def temporary_file() -> Iterator[Path]:
    """Give a new empty file and remove it afterwards, whatever happens.

    It lies where handed-in files wait: on the data folder's disk, and within reach of the sweep that removes what a
    killed worker left behind.
    """
    number, name = tempfile.mkstemp(prefix=MARK, suffix=".png", dir=_folder())
    os.close(number)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _folder() -> Path:
    storage = storages["incoming"]
    if not isinstance(storage, FileSystemStorage):
        return Path(tempfile.gettempdir())
    folder = Path(storage.location)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
