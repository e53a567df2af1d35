"""How long the copies are that visitors download, measured before anybody asks, so that a ZIP can be planned."""

import zlib
from uuid import UUID

from django.db.models import Exists, OuterRef

from photos.files.storing import CHUNK
from photos.imaging.decoding import Refused
from photos.models import Photo
from sharing import cleaning, reach
from sharing.cleaning import Copy, Level
from sharing.models import CleanCopy, SharedLink

# Raised when copies are made otherwise, so that none is announced with the length of an old one.
VERSION = 1
AT_ONCE = 50


def measured(link: SharedLink) -> dict[UUID, CleanCopy]:
    """Return what is known of the copies of a link's photos; those that cannot be copied are not among them."""
    shown = reach.photos(link).order_by().values("pk")
    known = CleanCopy.objects.filter(level=cleaning.level_of(link), version=VERSION, photo__in=shown, size__gt=0)
    return {copy.photo_id: copy for copy in known}


def measure_some(link: SharedLink) -> bool:
    """Measure some copies that are not known yet; tell whether there are more."""
    level = cleaning.level_of(link)
    known = CleanCopy.objects.filter(photo=OuterRef("pk"), level=level, version=VERSION, checksum=OuterRef("checksum"))
    photos = list(reach.photos(link).order_by().exclude(Exists(known))[: AT_ONCE + 1])
    for photo in photos[:AT_ONCE]:
        _measure(photo, level)
    return len(photos) > AT_ONCE


def forget(photo_id: UUID) -> None:
    """Forget the copies of a photo: it is deleted for good, or one was not as long as it was said to be."""
    CleanCopy.objects.filter(photo=photo_id).delete()


def _measure(photo: Photo, level: Level) -> None:
    try:
        size, crc, extension = _read(cleaning.copy(photo, level))
    except (OSError, ValueError, Refused):
        size, crc, extension = 0, 0, ""
    found = {"size": size, "crc": crc, "extension": extension, "version": VERSION, "checksum": photo.checksum or ""}
    CleanCopy.objects.update_or_create(photo=photo, level=level, defaults=found)


def _read(copy: Copy) -> tuple[int, int, str]:
    size = crc = 0
    with copy.file as file:
        while chunk := file.read(CHUNK):
            size, crc = size + len(chunk), zlib.crc32(chunk, crc)
    return size, crc, copy.extension
