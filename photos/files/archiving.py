"""ZIPs of originals: written piece by piece into a file of the data folder, and forgotten after a day.

A worker that was killed while it wrote leaves a torn file; its size tells, and the archive is begun again.
"""

import errno
import logging
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.core.files.storage import storages
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from photos.acts.act import CannotGoOn
from photos.files import storing
from photos.imaging.decoding import Refused
from photos.imaging.redrawing import redrawn
from photos.models import BulkAction, Photo
from photos.stripping.copying import UNSTRIPPABLE, CannotStrip, stripped_copy

log = logging.getLogger(__name__)

WITHOUT = "without"
# Behind the key of a photo, in the comment of its entry: its pixels were drawn anew.
ANEW = "anew"
README = "README.txt"
RESERVE = 200 * 1024 * 1024
VANISHED = "its file is missing from the library"
NOT_PORTABLE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
DRAWN_ANEW = "What is written in these cannot be told apart from their pixels, so they were decoded and saved again:"
EARLIEST = (1980, 1, 1, 0, 0, 0)


def path_of(action: BulkAction) -> Path:
    """Return where the archive lies."""
    return Path(storages["archives"].path(f"{action.pk.hex}.zip"))


def prepare(action: BulkAction) -> None:
    """See that there is room, and begin again if the archive is not as it was left.

    Raises:
        CannotGoOn: when the disk would be full.
    """
    path = path_of(action)
    path.parent.mkdir(parents=True, exist_ok=True)
    if action.size != (path.stat().st_size if path.exists() else 0):
        log.warning("action %s: its archive was torn, it begins again", action.pk)
        path.unlink(missing_ok=True)
        action.parts.update(is_done=False, before={})
        BulkAction.objects.filter(pk=action.pk).update(size=0, done=0, changed=0)
    _see_that_there_is_room(action, path)


def add(action: BulkAction, ids: list[UUID]) -> dict[UUID, str]:
    """Put photos into the archive; those that are in it already are left alone. Return why others could not come.

    Raises:
        CannotGoOn: when the disk is full.
    """
    try:
        with ZipFile(path_of(action), "a", ZIP_STORED) as archive:
            inside = {entry.comment.decode().partition(" ")[0] for entry in archive.infolist()}
            taken = {entry.filename.casefold() for entry in archive.infolist()}
            photos = Photo.objects.in_bulk([pk for pk in ids if pk.hex not in inside])
            missing = {pk: VANISHED for pk in ids if pk not in photos and pk.hex not in inside}
            for pk in (pk for pk in ids if pk in photos):
                missing |= _try_adding(archive, photos[pk], taken, is_plain=action.value == WITHOUT)
    except OSError as error:
        raise CannotGoOn(_why(error)) from error
    _note_size(action)
    return missing


def finish(action: BulkAction) -> None:
    """Write into the archive what could not come, and why, and what was drawn anew."""
    with ZipFile(path_of(action), "a", ZIP_STORED) as archive:
        text = "\n".join(part for part in (_missing(action), _anew(archive)) if part)
        if text and README not in archive.namelist():
            archive.writestr(README, text)
    _note_size(action)


def remove(action: BulkAction) -> None:
    """Remove the archive."""
    path_of(action).unlink(missing_ok=True)


def file_name(photo: Photo, taken: set[str], extension: str = "") -> str:
    """Return a readable name nobody in ``taken`` has, and take it. Capitals do not tell names apart.

    Args:
        photo: whose.
        taken: the names that are taken, without capitals.
        extension: with its dot, what the name ends with instead of its own.
    """
    name = NOT_PORTABLE.sub("_", photo.original_name).strip(" .") or photo.filename
    stem, extension = Path(name).stem, extension or Path(name).suffix or Path(photo.filename).suffix
    name, number = f"{stem}{extension}", 1
    while name.casefold() in taken or name == README:
        number += 1
        name = f"{stem} ({number}){extension}"
    taken.add(name.casefold())
    return name


@dataclass(slots=True)
class Content:
    """The bytes of an entry; ``extension`` is set when they were drawn anew, in a format that may be another."""

    file: IO[bytes]
    extension: str = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


def _missing(action: BulkAction) -> str:
    reasons = [reason for before in action.parts.values_list("before", flat=True) for reason in before.items()]
    names = Photo.objects.in_bulk([UUID(pk) for pk, _ in reasons])
    lines = "".join(f"- {_name_of(names.get(UUID(pk)))}: {reason}.\n" for pk, reason in reasons)
    return f"{len(reasons)} of {action.total} pictures are not in this archive.\n\n{lines}" if lines else ""


def _anew(archive: ZipFile) -> str:
    """Return which entries are not the pixels of the original bit by bit."""
    lines = "".join(f"- {entry.filename}\n" for entry in archive.infolist() if entry.comment.endswith(ANEW.encode()))
    return f"{DRAWN_ANEW}\n\n{lines}" if lines else ""


def _try_adding(archive: ZipFile, photo: Photo, taken: set[str], *, is_plain: bool) -> dict[UUID, str]:
    try:
        with (
            storing.local_copy(storages["originals"], photo.local_storage_path or "") as path,
            _plain_copy(path, photo) if is_plain else Content(path.open("rb")) as content,
        ):
            _write(archive, photo, content, file_name(photo, taken, content.extension))
    except FileNotFoundError:
        return {photo.pk: VANISHED}
    except CannotStrip as reason:
        return {photo.pk: f"{reason}"[:1].lower() + f"{reason}"[1:]}
    return {}


def _plain_copy(path: Path, photo: Photo) -> "Content":
    """Return a copy without metadata, drawn anew where words and pixels cannot be told apart.

    Raises:
        CannotStrip: when it is a film, which would stand still, or damaged.
    """
    try:
        return Content(stripped_copy(path, photo.mime_type))
    except CannotStrip:
        if photo.moves:
            raise
    try:
        drawn = redrawn(path)
    except (Refused, SyntaxError, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno:  # the disk's fault, not the picture's
            raise
        raise CannotStrip(UNSTRIPPABLE) from error
    return Content(drawn.file, f".{drawn.extension}")


def _write(archive: ZipFile, photo: Photo, content: "Content", name: str) -> None:
    entry = ZipInfo(name, max(timezone.localtime(photo.taken_at).timetuple()[:6], EARLIEST))
    entry.comment = f"{photo.pk.hex} {ANEW if content.extension else ''}".strip().encode()
    entry.external_attr = 0o644 << 16
    with archive.open(entry, "w", force_zip64=photo.file_size > 2**31 - 2**24) as target:
        shutil.copyfileobj(content.file, target, storing.CHUNK)


def _see_that_there_is_room(action: BulkAction, path: Path) -> None:
    keys = [UUID(pk) for part in action.parts.filter(is_done=False).values_list("photos", flat=True) for pk in part]
    needed = sum(
        Photo.objects.filter(pk__in=keys[at : at + 500]).aggregate(size=Sum("file_size"))["size"] or 0
        for at in range(0, len(keys), 500)
    )
    free = shutil.disk_usage(path.parent).free
    if needed + RESERVE > free:
        raise CannotGoOn(
            f"Packing them takes about {filesizeformat(needed)} and the disk has {filesizeformat(free)} left."
            " Make room, or choose fewer pictures. Nothing was changed."
        )


def _note_size(action: BulkAction) -> None:
    action.size = path_of(action).stat().st_size
    BulkAction.objects.filter(pk=action.pk).update(size=action.size)


def _name_of(photo: Photo | None) -> str:
    return (photo.original_name or photo.filename) if photo else "a picture that is no longer in the library"


def _why(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "The disk is full. Make room and try again; nothing in the library was changed."
    return f"The archive could not be written: {error.strerror}. Nothing in the library was changed."
