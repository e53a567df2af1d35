"""Putting new photos in their places, many at once: first their files, then their rows."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.db.models import Q

from photos import tags
from photos.files import renditions, storing
from photos.imaging.decoding import examine
from photos.intake.facts import facts_of
from photos.intake.naming import readable_name, refuse_misnamed, spelled
from photos.metadata.sidecars import read_sidecar
from photos.models import ImportedFile, Photo
from photos.searching import search

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a folder: when it was looked at it had this size, time of change and content."""

    path: Path
    size: int
    modified_ns: int
    checksum: str = ""

    @property
    def modified_at(self) -> datetime:
        """When it was last changed."""
        return datetime.fromtimestamp(self.modified_ns / 1e9, tz=UTC)

    @property
    def spelling(self) -> str:
        """Its path as a row keeps it."""
        return spelled(self.path)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A photo on its way in, and the file it comes from."""

    source: Source
    photo: Photo


def known_among(checksums: Iterable[str]) -> tuple[dict[str, Photo], set[UUID]]:
    """Return the photos that have these bytes, by checksum, and the ids such photos would get that are taken."""
    wanted = {checksum: _own_id(checksum) for checksum in checksums}
    rows = Photo.objects.filter(Q(checksum__in=wanted) | Q(pk__in=wanted.values())).only("checksum", "deleted_at")
    found = list(rows)
    return {photo.checksum: photo for photo in found if photo.checksum in wanted}, {photo.pk for photo in found}


def newcomer(source: Source, *, taken: set[UUID], takes_misnamed: bool = False) -> Newcomer:
    """Look at a file and return the photo it would be; nothing is written.

    The id comes from the bytes, so that work that was killed finds its own file when it is done again. A tombstone
    may have that id already.

    Raises:
        FileNotFoundError: when the file is gone.
        Refused: with a sentence for the owner.
    """
    examined = examine(source.path).with_texts(read_sidecar(source.path))
    if not takes_misnamed:
        refuse_misnamed(source.path.name, examined)
    own = _own_id(source.checksum)
    photo = Photo(id=uuid4() if own in taken else own, **facts_of(examined, source.modified_at))
    photo.original_name, photo.checksum = readable_name(source.path.name), source.checksum
    photo.file_size = source.size
    photo.filename = f"{photo.pk.hex}.{examined.extension}"
    photo.local_storage_path = renditions.original_path(photo.filename)
    return Newcomer(source, photo)


def place(found: Newcomer, *, may_link: bool) -> None:
    """Put the file where its photo's original belongs; ``storing.settle`` is left to the caller.

    Args:
        found: whose file.
        may_link: the source is removed later, so it may become the original itself.

    Raises:
        Mismatch: the file changed since it was looked at.
    """
    storage, path, source = storages["originals"], found.photo.local_storage_path or "", found.source
    if may_link and storing.adopt(storage, path, source.path):
        return
    storing.store(storage, path, storing.read_chunks(source.path), checksum=source.checksum, durable=False)


def record(found: list[Newcomer]) -> dict[UUID, Photo]:
    """Write the rows of photos whose files lie in their places.

    Returns:
        For each photo whose bytes came in by another way meanwhile, the photo that has them; its own file is removed.
    """
    try:
        _insert(found)
    except IntegrityError:
        return _one_by_one(found)
    return {}


def remember(files: Iterable[tuple[Source, UUID]]) -> None:
    """Note which files of folders are in the library, so that they need not be read again."""
    rows = [
        ImportedFile(path=source.spelling, file_size=source.size, modified_ns=source.modified_ns, photo_id=photo)
        for source, photo in files
    ]
    ImportedFile.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["file_size", "modified_ns", "photo"],
    )


def _own_id(checksum: str) -> UUID:
    return UUID(hex=checksum[:32], version=4)


def _insert(found: list[Newcomer]) -> None:
    with transaction.atomic():
        Photo.objects.bulk_create([each.photo for each in found])
        tags.take_keywords(each.photo for each in found)
        search.index([each.photo.pk for each in found])
    for each in found:
        log.debug("photo %s: added", each.photo.pk)


def _one_by_one(found: list[Newcomer]) -> dict[UUID, Photo]:
    others: dict[UUID, Photo] = {}
    for each in found:
        try:
            _insert([each])
        except IntegrityError:
            others[each.photo.pk] = _first(each.photo)
    return others


def _first(late: Photo) -> Photo:
    """Return the photo that has the bytes of one that came too late."""
    first = Photo.objects.get(checksum=late.checksum)
    if first.local_storage_path != late.local_storage_path:
        storages["originals"].delete(late.local_storage_path or "")
    return first
