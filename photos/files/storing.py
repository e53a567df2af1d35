"""Writing files so that a half-written one is never mistaken for a whole one."""

import hashlib
import os
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage

CHUNK = 1024 * 1024
# Where files are written before they get their name: one folder of each storage, so that a sweep finds what a killed
# process left half-written.
DRAFTS = ".drafts"


class Mismatch(Exception):
    """What was written is not what was expected; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that lies whole in its storage."""

    path: str
    checksum: str
    size: int


def store(
    storage: Storage, path: str, chunks: Iterable[bytes], *, checksum: str | None = None, durable: bool = True
) -> Stored:
    """Write ``chunks`` under exactly ``path``; readers see the whole file or none. A file already there is replaced.

    Args:
        storage: where.
        path: relative to the storage.
        chunks: the content.
        checksum: the SHA-256 the content must have, if it is known.
        durable: wait until it would survive a power cut; not worth it for what can be made again.

    Raises:
        Mismatch: when the content is not what was expected.
    """
    if isinstance(storage, FileSystemStorage):
        return _store_in_folder(storage, path, chunks, checksum, durable=durable)
    return _store_elsewhere(storage, path, chunks, checksum)


def read_chunks(path: Path) -> Iterator[bytes]:
    """Read a file piece by piece."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def checksum_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def settle(storage: Storage, paths: Iterable[str]) -> None:
    """Wait until files that were stored with ``durable=False`` would survive a power cut: once, for all of them."""
    if not isinstance(storage, FileSystemStorage):
        return
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        with open(storage.path(path), "rb+") as file:
            os.fsync(file.fileno())


def adopt(storage: Storage, path: str, source: Path) -> bool:
    """Give a file on the storage's own disk a second name there, exactly ``path``, instead of copying it.

    Only for a source that is removed afterwards: until then both names are one file.

    Returns:
        False when that cannot be: another disk, another kind of storage, or a file that has more names already,
        under which it could be changed.
    """
    if not isinstance(storage, FileSystemStorage) or source.is_symlink() or source.stat().st_nlink > 1:
        return False
    target = Path(storage.path(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(storage)
    try:
        os.link(source, draft)
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)
        return False
    return True


def remove_drafts(storage: Storage, *, before: datetime) -> int:
    """Remove what was half-written when its process was killed. Return how many files."""
    folder = Path(storage.path(DRAFTS)) if isinstance(storage, FileSystemStorage) else None
    drafts = folder.iterdir() if folder and folder.is_dir() else ()
    return sum(_remove_if_old(draft, before) for draft in drafts)


def _remove_if_old(draft: Path, before: datetime) -> bool:
    """A draft that gets its name in this moment is gone from here, and no failure."""
    try:
        is_old = draft.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False
    if is_old:
        draft.unlink(missing_ok=True)
    return is_old


@contextmanager
def local_copy(storage: Storage, path: str) -> Iterator[Path]:
    """Give a file of the storage a path on this machine, for as long as the block runs.

    Raises:
        FileNotFoundError: when it is not there.
    """
    if isinstance(storage, FileSystemStorage):
        yield Path(storage.path(path))
        return
    with tempfile.NamedTemporaryFile(suffix=Path(path).suffix) as copy, storage.open(path) as file:
        for chunk in file.chunks(CHUNK):
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


def _store_in_folder(
    storage: FileSystemStorage, path: str, chunks: Iterable[bytes], checksum: str | None, *, durable: bool
) -> Stored:
    target, draft = Path(storage.path(path)), _draft(storage)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        stored = _write(draft, path, chunks, durable=durable)
        _verify(stored, checksum, draft.stat().st_size)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    if durable:
        _flush_folder(target.parent)
    return stored


def _draft(storage: FileSystemStorage) -> Path:
    folder = Path(storage.path(DRAFTS))
    folder.mkdir(parents=True, exist_ok=True)
    return folder / uuid.uuid4().hex


def _write(draft: Path, path: str, chunks: Iterable[bytes], *, durable: bool) -> Stored:
    digest, size = hashlib.sha256(), 0
    with draft.open("xb") as file:
        for chunk in chunks:
            digest.update(chunk)
            size += file.write(chunk)
        file.flush()
        if durable:
            os.fsync(file.fileno())
    return Stored(path, digest.hexdigest(), size)


def _verify(stored: Stored, checksum: str | None, size: int) -> None:
    if checksum is not None and stored.checksum != checksum:
        raise Mismatch("The file changed while it was copied.")
    if stored.size != size:
        raise Mismatch("The file was not written whole: is the disk full?")


def _flush_folder(folder: Path) -> None:
    """Make the new name survive a power cut too."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _store_elsewhere(storage: Storage, path: str, chunks: Iterable[bytes], checksum: str | None) -> Stored:
    """Write through a local draft: object storages make a whole object visible at once, under its final name."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft"
        stored = _write(draft, path, chunks, durable=False)
        _verify(stored, checksum, draft.stat().st_size)
        storage.delete(path)
        with draft.open("rb") as file:
            saved = storage.save(path, File(file))
    if saved != path or storage.size(path) != stored.size:
        storage.delete(saved)
        raise Mismatch("The storage did not keep the file as it was given.")
    return stored
