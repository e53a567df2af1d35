"""Moving in: files of folders become photos, many at a time.

A batch is looked at file by file and written at once: one look-up, one wait for the disk, one transaction. It may be
killed anywhere and done again.
"""

import logging
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from photos.choices import MovedIn
from photos.files import storing
from photos.files.storing import Mismatch
from photos.imaging.decoding import Refused
from photos.intake import placing
from photos.intake.placing import Newcomer, Source
from photos.models import ImportedFile, Photo

log = logging.getLogger(__name__)

CHANGED = "The file changed while it was read. Import it again."
GONE = "The file is gone."
UNREADABLE = "It could not be read: {reason}."
NOT_WRITTEN = "The library could not write it: {reason}. Make room or check the data folder."
DEADLY = "The program that reads pictures broke at this file. The file is untouched."
KEPT = "It is in the library; the file stays in its folder, because {reason}."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file.

    Attributes:
        path: the file.
        result: what became of it.
        reason: why it was refused, or why the file of a picture that is in the library was not removed.
        photo: has its bytes; None when it was refused.
        checksum: of its bytes, empty when they were not read.
    """

    path: Path
    result: MovedIn
    reason: str = ""
    photo: UUID | None = None
    checksum: str = ""


def move_in(paths: list[Path], *, takes_misnamed: bool = False) -> list[Outcome]:
    """Make photos of some files, which stay where they are; return what became of each, in order.

    Safe to repeat. At most some hundreds at once, since they are written in one transaction. What was imported before
    and has its size and time still is not read again. Thumbnails are left to the sweep.

    Args:
        paths: which.
        takes_misnamed: also pictures of another kind than their names say.
    """
    return _Batch(takes_misnamed=takes_misnamed).outcomes(paths)


def move_over(paths: list[Path], *, takes_misnamed: bool = False) -> list[Outcome]:
    """As ``move_in``, and remove each file whose bytes lie verified in the library, recorded and not in the trash."""
    batch = _Batch(may_link=True, reads_again=True, takes_misnamed=takes_misnamed)
    return [_removed(outcome) for outcome in batch.outcomes(paths)]


def rehearse(paths: list[Path], *, takes_misnamed: bool = False) -> list[Outcome]:
    """Return what ``move_in`` would do, changing nothing. Equal files of different calls are both called new."""
    return _Batch(is_rehearsal=True, takes_misnamed=takes_misnamed).outcomes(paths)


def broke(path: Path) -> list[Outcome]:
    """Return the outcome of a file that ends the process that looks at it."""
    return [Outcome(path, MovedIn.REFUSED, DEADLY)]


@dataclass(slots=True)
class _Batch:
    """Some files on their way in."""

    is_rehearsal: bool = False
    may_link: bool = False
    reads_again: bool = False
    takes_misnamed: bool = False
    decided: dict[Path, Outcome] = field(default_factory=dict)
    new: dict[str, Newcomer] = field(default_factory=dict)
    twins: list[Source] = field(default_factory=list)

    def outcomes(self, paths: list[Path]) -> list[Outcome]:
        """Decide about every file."""
        seen = [found for path in paths if (found := self._seen(path))]
        sources = [hashed for source in self._unread(seen) if (hashed := self._hashed(source))]
        known, taken = placing.known_among(source.checksum for source in sources)
        for source in sources:
            if source.checksum in known:
                self._is_known(source, known[source.checksum])
            elif source.checksum in self.new:
                self.twins.append(source)
            else:
                self._look(source, taken)
        self._write()
        return [self.decided[path] for path in paths]

    def _seen(self, path: Path) -> Source | None:
        try:
            found = path.stat()
        except OSError as error:
            self._refuse(path, UNREADABLE.format(reason=error.strerror))
            return None
        if found.st_size == 0:
            self._refuse(path, "The file is empty.")
            return None
        if found.st_size > settings.UPLOAD_LIMIT:
            most = filesizeformat(settings.UPLOAD_LIMIT)
            self._refuse(path, f"The file is larger than {most}, the most the library takes.")
            return None
        return Source(path, found.st_size, found.st_mtime_ns)

    def _unread(self, sources: list[Source]) -> list[Source]:
        """Keep what was not imported before, or changed since."""
        if self.reads_again:
            return sources
        rows = ImportedFile.objects.filter(path__in=[source.spelling for source in sources])
        before = {row.path: row for row in rows.select_related("photo").exclude(photo__checksum=None)}
        for source in sources:
            row = before.get(source.spelling)
            if row and (row.file_size, row.modified_ns) == (source.size, source.modified_ns):
                self._is_known(source, row.photo)
        return [source for source in sources if source.path not in self.decided]

    def _hashed(self, source: Source) -> Source | None:
        try:
            return replace(source, checksum=storing.checksum_of(source.path))
        except OSError as error:
            self._refuse(source.path, UNREADABLE.format(reason=error.strerror))
            return None

    def _look(self, source: Source, taken: set[UUID]) -> None:
        try:
            found = placing.newcomer(source, taken=taken, takes_misnamed=self.takes_misnamed)
            if not self.is_rehearsal:
                placing.place(found, may_link=self.may_link)
        except Refused as refusal:
            self._refuse(source.path, str(refusal))
        except Mismatch:
            self._refuse(source.path, CHANGED)
        except FileNotFoundError:
            self._refuse(source.path, GONE)
        except OSError as error:
            self._refuse(source.path, NOT_WRITTEN.format(reason=error.strerror))
        else:
            self.new[source.checksum] = found

    def _write(self) -> None:
        first = {} if self.is_rehearsal else self._recorded()
        for found in self.new.values():
            if found.photo.pk in first:
                self._is_known(found.source, first[found.photo.pk])
            else:
                self._decide(found.source, MovedIn.IMPORTED, found.photo)
        for source in self.twins:
            self._is_known(source, Photo(pk=self.decided[self.new[source.checksum].source.path].photo))

    def _recorded(self) -> dict[UUID, Photo]:
        """Write files and rows to the disk; return the photos that were quicker than some of these."""
        found = list(self.new.values())
        if found:
            storing.settle(storages["originals"], [each.photo.local_storage_path or "" for each in found])
        with transaction.atomic():
            first = placing.record(found)
            photos = [(each.source, first.get(each.photo.pk, each.photo).pk) for each in found]
            placing.remember(photos)
        return first

    def _is_known(self, source: Source, photo: Photo) -> None:
        self._decide(source, MovedIn.IN_TRASH if photo.in_trash else MovedIn.DUPLICATE, photo)

    def _decide(self, source: Source, result: MovedIn, photo: Photo) -> None:
        self.decided[source.path] = Outcome(source.path, result, "", photo.pk, source.checksum)

    def _refuse(self, path: Path, reason: str) -> None:
        self.decided[path] = Outcome(path, MovedIn.REFUSED, reason)


def _removed(outcome: Outcome) -> Outcome:
    """Remove the file of a picture that is in the library for good; say why not where it stays."""
    if outcome.result not in {MovedIn.IMPORTED, MovedIn.DUPLICATE}:
        return outcome
    try:
        reason = _reason_to_keep(outcome)
        if not reason:
            os.unlink(outcome.path)
    except OSError as error:
        reason = error.strerror or "it could not be removed"
    return replace(outcome, reason=KEPT.format(reason=reason)) if reason else outcome


def _reason_to_keep(outcome: Outcome) -> str:
    """Read both files again, as they are on the disk now."""
    photo = Photo.objects.visible().filter(checksum=outcome.checksum).first()
    if photo is None:
        return "its picture has just been thrown away"
    with storing.local_copy(storages["originals"], photo.local_storage_path or "") as original:
        if os.path.realpath(original) == os.path.realpath(outcome.path):
            return "it is the library's own"
        if original.stat().st_size != photo.file_size or storing.checksum_of(original) != outcome.checksum:
            return "its copy in the library is damaged"
    if storing.checksum_of(outcome.path) != outcome.checksum:
        return "it changed while it was imported"
    return ""
