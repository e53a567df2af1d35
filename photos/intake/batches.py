"""Cutting many files into batches that are quick to do and quick to stop."""

from collections.abc import Iterable, Iterator
from pathlib import Path

MOST_FILES = 256
MOST_BYTES = 24 * 1024 * 1024


def batches(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """Cut files into batches of some hundreds, or of few when they are large, in order."""
    batch: list[Path] = []
    size = 0
    for path in paths:
        if batch and (len(batch) == MOST_FILES or size >= MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(path)
        size += _size(path)
    if batch:
        yield batch


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
