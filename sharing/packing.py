"""Everything a link shows as one ZIP, made while it is sent: nothing of it is written down here.

The gate is asked again before each picture, so that revoking the link ends a download that is under way. Where the
copies were measured the ZIP is planned, and a download that broke off goes on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.core.cache import cache
from django.core.files.base import File
from django.http import HttpRequest
from django.utils import timezone

from lib.queue import enqueue
from photos.files.archiving import file_name as distinct_name
from photos.files.storing import CHUNK
from photos.files.turns import Turn
from photos.imaging.decoding import Refused
from photos.models import Photo
from sharing import cleaning, gate, measuring, names, reach, tasks
from sharing.choices import Wish
from sharing.gate import Admission
from sharing.models import SharedLink
from sharing.planning import PlannedZip, etag_of, pieces_of

# The time of day tells when a picture was taken, so without details each has the earliest a ZIP knows.
NO_TIME = (1980, 1, 1, 0, 0, 0)
README = "README.txt"
NUDGE_SECONDS = 60


@dataclass(slots=True)
class Pipe:
    """What a ZIP is written into; ``take`` empties it."""

    chunks: list[bytes] = field(default_factory=list)

    def write(self, chunk: bytes) -> int:
        """Keep some bytes."""
        self.chunks.append(bytes(chunk))
        return len(chunk)

    def flush(self) -> None:
        """Do nothing: whoever reads it takes what there is."""

    def take(self) -> bytes:
        """Return what was written since the last time."""
        taken, self.chunks = b"".join(self.chunks), []
        return taken


def ask_to_measure(link: SharedLink) -> None:
    """Ask a worker to measure what a link lets visitors download, at most once a minute."""
    if link.may_download and cache.add(f"sharing.measure.{link.pk}", True, NUDGE_SECONDS):
        enqueue(tasks.measure_copies, link.pk)


def planned(request: HttpRequest, admission: Admission) -> tuple[PlannedZip, str] | None:
    """Return the ZIP and what tells it from others, if each copy in it was measured; a worker is asked for the rest."""
    copies, photos = measuring.measured(admission.link), reach.all_in_order(admission.link)
    if not photos or any(photo.pk not in copies or copies[photo.pk].checksum != photo.checksum for photo in photos):
        ask_to_measure(admission.link)
        return None
    taken, entries = set[str](), list[tuple[ZipInfo, UUID]]()
    for number, photo in enumerate(photos, start=1):
        copy = copies[photo.pk]
        entry = entry_of(admission, photo, names.file_name(admission, photo, number, copy.extension), taken)
        entry.file_size = entry.compress_size = copy.size
        entry.CRC = copy.crc
        entries.append((entry, photo.pk))
    return PlannedZip(pieces_of(entries), partial(_opened, request, admission)), etag_of(entries)


def _opened(request: HttpRequest, admission: Admission, pk: UUID, length: int) -> "File[bytes]":
    """Open the copy of a photo that is still shown.

    Raises:
        Closed, Locked: when it is not; the visitor is left with a torn file.
        Changed: when it is not as long as it was.
    """
    photo = still_shown(request, admission, pk)
    if photo is None:
        raise gate.Closed
    file = cleaning.copy(photo, cleaning.level_of(admission.link)).file
    if file.size != length:
        file.close()
        measuring.forget(pk)
        raise Changed
    return file


class Changed(Exception):
    """A copy is not as long as it was measured to be."""


class Archive:
    """The pieces of the ZIP. It holds a turn for long downloads until it is closed.

    Args:
        request: of the visitor; the gate is asked with it again for each picture.
        admission: to everything.
        ids: the photos, in order.

    Raises:
        NoTurn: when too many long downloads are under way.
    """

    def __init__(self, request: HttpRequest, admission: Admission, ids: list[UUID]) -> None:
        self.turn = Turn()
        self.pieces = _pieces(request, admission, ids)

    def __iter__(self) -> Iterator[bytes]:
        return self.pieces

    def close(self) -> None:
        """Stop, and let somebody else download."""
        try:
            self.pieces.close()  # type: ignore[attr-defined]  # a generator
        finally:
            self.turn.close()


def _pieces(request: HttpRequest, admission: Admission, ids: list[UUID]) -> Iterator[bytes]:
    pipe, taken, missing = Pipe(), set[str](), 0
    with ZipFile(pipe, "w", ZIP_STORED) as archive:  # type: ignore[call-overload]  # it is only written to
        for number, pk in enumerate(ids, start=1):
            photo = still_shown(request, admission, pk)
            try:
                copied = cleaning.copy(photo, cleaning.level_of(admission.link)) if photo else None
            except (OSError, ValueError, Refused):
                copied = None
            if photo is None or copied is None:
                missing += 1
                continue
            name = names.file_name(admission, photo, number, copied.extension)
            yield from _written(archive, pipe, entry_of(admission, photo, name, taken), copied)
        if missing:
            archive.writestr(ZipInfo(README, NO_TIME), f"{missing} of {len(ids)} pictures could not be added.\n")
    yield pipe.take()


def still_shown(request: HttpRequest, admission: Admission, pk: UUID) -> Photo | None:
    """Ask the gate for one picture of everything; what was taken out meanwhile is left out.

    Raises:
        Closed, Locked: when the whole link is over; the visitor is left with a torn file.
    """
    key = admission.link.access_key
    try:
        return gate.admit(request, key, Wish.ORIGINAL, pk).photo
    except gate.Closed:
        gate.admit(request, key, Wish.ALL)
        return None


def entry_of(admission: Admission, photo: Photo, name: str, taken: set[str]) -> ZipInfo:
    """Return a photo's entry, under a name nobody in ``taken`` has, which takes it."""
    told = admission.link.show_details
    when: Any = max(timezone.localtime(photo.taken_at).timetuple()[:6], NO_TIME) if told else NO_TIME
    entry = ZipInfo(distinct_name(Photo(filename=photo.filename, original_name=name), taken), when)
    entry.external_attr = 0o644 << 16
    return entry


def _written(archive: ZipFile, pipe: Pipe, entry: ZipInfo, copied: cleaning.Copy) -> Iterator[bytes]:
    with copied.file, archive.open(entry, "w", force_zip64=copied.file.size > 2**31 - 2**24) as target:
        while chunk := copied.file.read(CHUNK):
            target.write(chunk)
            yield pipe.take()
