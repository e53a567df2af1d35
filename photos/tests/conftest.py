"""What the tests of the library share."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from photos import sweeping
from photos.acts import acting
from photos.imaging import thumbnailing
from photos.intake import importing, receiving


@pytest.fixture
def nudges(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What workers are asked for, as (task's name, id); nothing is queued."""
    asked: list[tuple[str, str]] = []

    def note(task: Any, *ids: object) -> None:
        asked.append((task.__name__, *(str(identifier) for identifier in ids)))

    for module in (acting, receiving, importing, thumbnailing, sweeping):
        monkeypatch.setattr(module, "enqueue", note)
    return asked


@pytest.fixture
def incoming() -> Path:
    """The folder where files that were handed in wait; empty."""
    return _emptied("incoming")


@pytest.fixture
def archives() -> Path:
    """The folder of the archives; empty."""
    return _emptied("archives")


@pytest.fixture
def originals() -> Path:
    """The folder of the originals; empty."""
    return _emptied("originals")


@pytest.fixture
def thumbnails() -> Path:
    """The folder of the renditions; empty."""
    return _emptied("thumbnails")


def files_in(folder: Path) -> list[Path]:
    """Return all files below a folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _emptied(alias: str) -> Path:
    folder = Path(storages[alias].path(""))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
