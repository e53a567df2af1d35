"""Walking folders for pictures."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from photos.intake.naming import says_picture

# What systems and storage boxes leave behind: previews, indexes, bins.
OUR_OWN = "it is the gallery's own folder"
OF_SYSTEMS = frozenset({"@eadir", "__macosx", "$recycle.bin", "system volume information", "lost+found", "#recycle"})


@dataclass(slots=True)
class Walk:
    """What a walk came by.

    Attributes:
        passed_over: files that are no pictures by their names.
        unreadable: what was not walked, each with the reason: the system's, or that it is the gallery's own.
    """

    passed_over: int = 0
    unreadable: list[tuple[Path, str]] = field(default_factory=list)
    _visited: set[tuple[int, int]] = field(default_factory=lambda: {_place(settings.DATA_DIR)})

    def pictures(self, paths: Iterable[Path]) -> Iterator[Path]:
        """Yield the pictures among ``paths`` and in the folders among them, each folder's by name, once.

        Hidden files and folders are left out, also behind links; a file that is named itself is always tried. Links
        are followed, and no folder is walked twice, so that links in a circle come to an end. What the gallery
        itself keeps is left out too: its originals are in the library, and its thumbnails do not belong there.
        """
        for path in paths:
            if Path(os.path.realpath(path)).is_relative_to(settings.DATA_DIR):
                self.unreadable.append((path, OUR_OWN))
            elif path.is_dir():
                yield from self._under(path)
            else:
                yield path

    def _under(self, folder: Path) -> Iterator[Path]:
        try:
            entries = sorted(self._entries(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.unreadable.append((folder, error.strerror or "it could not be opened"))
            return
        folders = [Path(entry.path) for entry in entries if _is_folder(entry)]
        for entry in entries:
            if not _is_folder(entry) and self._is_picture(entry):
                yield Path(entry.path)
        for inside in folders:
            yield from self._under(inside)

    def _entries(self, folder: Path) -> list["os.DirEntry[str]"]:
        place = _place(folder)
        if place in self._visited:
            return []
        self._visited.add(place)
        with os.scandir(folder) as found:
            return [entry for entry in found if not _is_hidden(entry.name)]

    def _is_picture(self, entry: "os.DirEntry[str]") -> bool:
        is_picture = says_picture(entry.name) and entry.is_file()
        self.passed_over += not is_picture
        return is_picture


def _place(folder: Path) -> tuple[int, int]:
    """Return what tells a folder from every other, by whatever way one came to it."""
    found = os.stat(folder)
    return found.st_dev, found.st_ino


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name.lower() in OF_SYSTEMS


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False
