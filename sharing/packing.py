"""Everything a link shows as one ZIP, made while it is sent: nothing of it is written down here.

The gate is asked again before each picture, so that revoking the link ends a download that is under way.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.http import HttpRequest
from django.utils import timezone

from photos.files.archiving import file_name as distinct_name
from photos.files.storing import CHUNK
from photos.files.turns import Turn
from photos.imaging.decoding import Refused
from photos.models import Photo
from sharing import cleaning, gate, names
from sharing.choices import Wish
from sharing.gate import Admission

# The time of day tells when a picture was taken, so without details each has the earliest a ZIP knows.
NO_TIME = (1980, 1, 1, 0, 0, 0)
README = "README.txt"


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
            photo = _still_shown(request, admission, pk)
            try:
                copied = cleaning.copy(photo, cleaning.level_of(admission.link)) if photo else None
            except (OSError, ValueError, Refused):
                copied = None
            if photo is None or copied is None:
                missing += 1
                continue
            name = names.file_name(admission, photo, number, copied.extension)
            yield from _written(archive, pipe, _entry(admission, photo, name, taken), copied)
        if missing:
            archive.writestr(ZipInfo(README, NO_TIME), f"{missing} of {len(ids)} pictures could not be added.\n")
    yield pipe.take()


def _still_shown(request: HttpRequest, admission: Admission, pk: UUID) -> Photo | None:
    """Ask the gate for one picture; what was taken out meanwhile is left out.

    Raises:
        Closed, Locked: when the whole link is over; the visitor is left with a torn file.
    """
    key = admission.link.access_key
    try:
        return gate.admit(request, key, Wish.ORIGINAL, pk).photo
    except gate.Closed:
        gate.admit(request, key, Wish.ALL)
        return None


def _entry(admission: Admission, photo: Photo, name: str, taken: set[str]) -> ZipInfo:
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
