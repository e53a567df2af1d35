"""The bytes that leave: copies that show the same picture and tell what the link tells, and no more.

Without details nothing is written in them but the colour profile and which way is up. With details they keep what the
camera and the generator wrote, out of a list of harmless fields; only when the place may be told they are the untouched
original, in which it may stand anywhere.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.core.files.base import File
from django.core.files.storage import storages

from photos.files import storing
from photos.imaging.redrawing import redrawn
from photos.models import Photo
from photos.stripping.copying import NOTHING, CannotStrip, stripped_copy
from sharing import written
from sharing.models import SharedLink


class Level(StrEnum):
    """How much a copy tells."""

    PLAIN = "plain"
    DETAILED = "detailed"
    UNTOUCHED = "untouched"


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to send, its type, and the extension its name gets."""

    file: "File[bytes]"
    mime_type: str
    extension: str


def level_of(link: SharedLink) -> Level:
    """Return how much the files of a link tell."""
    if not link.show_details:
        return Level.PLAIN
    return Level.UNTOUCHED if link.show_location else Level.DETAILED


def copy(photo: Photo, level: Level) -> Copy:
    """Return what a visitor gets of an original.

    Raises:
        FileNotFoundError: when the original is missing.
        Refused, OSError: when its metadata can only be taken out by decoding it, and it is damaged.
    """
    return kept(photo, level) or painted_anew(photo)


def kept(photo: Photo, level: Level) -> Copy | None:
    """Return a copy whose pixels are the original's, bit by bit; None when words cannot be told apart from them.

    Raises:
        FileNotFoundError: when the original is missing.
    """
    extension = photo.filename.rpartition(".")[2]
    if level == Level.UNTOUCHED:
        original = storages["originals"].open(photo.local_storage_path or "")
        return Copy(original, photo.mime_type, extension)
    with storing.local_copy(storages["originals"], photo.local_storage_path or "") as path:
        told = written.told(path, photo) if level == Level.DETAILED else NOTHING
        try:
            return Copy(File(stripped_copy(path, photo.mime_type, told)), photo.mime_type, extension)
        except CannotStrip:
            return None


def painted_anew(photo: Photo) -> Copy:
    """Return the pixels alone, decoded and saved again in a format every browser shows.

    Raises:
        FileNotFoundError: when the original is missing.
        Refused, OSError: when it is damaged.
    """
    with storing.local_copy(storages["originals"], photo.local_storage_path or "") as path:
        drawn = redrawn(path)
    return Copy(File(drawn.file), drawn.mime_type, drawn.extension)
