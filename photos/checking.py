"""Checking that the library is whole: every photo has its file, every file its photo, and no byte has changed.

It only looks. What is found can be put right from a backup.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from django.core.files.storage import Storage, storages

from photos.files import storing
from photos.models import Photo

AT_ONCE = 500


class Fault(StrEnum):
    """What can be wrong with an original, as the owner reads it."""

    MISSING = "is missing"
    SIZE = "has another size"
    CHANGED = "has changed"
    UNREADABLE = "cannot be read"
    STRAY = "belongs to no photo"


@dataclass(frozen=True, slots=True)
class Finding:
    """One original that is not as it should be: where it lies, whose it is, and what is wrong."""

    path: str
    name: str
    fault: Fault

    def __str__(self) -> str:
        return f"{self.path} ({self.name}) {self.fault}" if self.name else f"{self.path} {self.fault}"


def count() -> int:
    """Return how many photos have an original to look at."""
    return Photo.objects.with_file().count()


def check_photos(*, quickly: bool = False) -> Iterator[Finding | None]:
    """Look at the original of each photo; yield what is wrong with it, or None.

    Args:
        quickly: only whether the file is there and as long as it was; else every byte is read and its SHA-256 compared.
    """
    wanted = ("original_name", "filename", "title", "file_size", "checksum", "local_storage_path")
    for photo in Photo.objects.with_file().only(*wanted).order_by("pk").iterator(AT_ONCE):
        fault = _fault_of(photo, storages["originals"], quickly=quickly)
        yield Finding(str(photo.local_storage_path), str(photo), fault) if fault else None


def find_suspects() -> list[str]:
    """Return the files among the originals that no photo seems to name, also none in the trash.

    A file comes before its row, so ask ``strays`` about them when all else has been looked at.
    """
    paths, suspects = _files_below(storages["originals"], ""), []
    while some := list(islice(paths, AT_ONCE)):
        names = [path.rpartition("/")[2] for path in some]
        known = set(Photo.objects.filter(filename__in=names).values_list("local_storage_path", flat=True))
        suspects += [path for path in some if path not in known]
    return suspects


def strays(suspects: list[str]) -> Iterator[Finding]:
    """Yield those that really belong to no photo."""
    for start in range(0, len(suspects), AT_ONCE):
        some = suspects[start : start + AT_ONCE]
        known = set(Photo.objects.filter(local_storage_path__in=some).values_list("local_storage_path", flat=True))
        yield from (Finding(path, "", Fault.STRAY) for path in some if path not in known)


def _fault_of(photo: Photo, storage: Storage, *, quickly: bool) -> Fault | None:
    path = str(photo.local_storage_path)
    try:
        if storage.size(path) != photo.file_size:
            return Fault.SIZE
        if not quickly and photo.checksum and _checksum(storage, path) != photo.checksum:
            return Fault.CHANGED
    except FileNotFoundError:
        return Fault.MISSING
    except OSError:
        return Fault.UNREADABLE
    return None


def _checksum(storage: Storage, path: str) -> str:
    digest = hashlib.sha256()
    with storage.open(path) as file:
        for chunk in file.chunks(storing.CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _files_below(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in sorted(files))
    for name in sorted(folders):
        if name != storing.DRAFTS:
            yield from _files_below(storage, f"{folder}{name}/")
