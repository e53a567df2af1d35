"""Making photos of files: uploads that wait, pictures fetched from a server, files of a folder."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.core.files.storage import storages
from django.db import IntegrityError, OperationalError, transaction

from lib import clock
from lib.queue import enqueue
from photos import tags, tasks, trashing
from photos.choices import RetrievalStatus, UploadStatus
from photos.files import renditions, storing
from photos.imaging.decoding import KINDS, Examined, Refused, examine
from photos.intake import receiving
from photos.intake.facts import facts_of, missing_facts
from photos.intake.naming import readable_name, refuse_misnamed
from photos.metadata.chunks import Chunks
from photos.metadata.sidecars import read_sidecar
from photos.models import IncomingUpload, Photo
from photos.searching import search

log = logging.getLogger(__name__)

# What is wrong with the machine is no fault of the file: it waits, however long that takes, and is never given up.
NOT_WRITTEN = "The library could not write the file ({reason}). It is safe and tried again each minute. Make room."
PAUSE = timedelta(minutes=1)
LOST = "The file was lost before anybody could look at it. Please hand it in again."


class AlreadyHere(Exception):
    """The same bytes are in the library; ``photo`` has them, and may be in the trash."""

    def __init__(self, photo: Photo) -> None:
        super().__init__(receiving.already_here(photo))
        self.photo = photo


@dataclass(frozen=True, slots=True)
class Attached:
    """Where fetched bytes ended up.

    ``is_same`` means that they were in the library before, under ``photo_id``: the pending row is untouched, and
    ``merging.merge`` puts the other photo in its place.
    """

    photo_id: UUID
    is_same: bool


def accept(upload_id: UUID) -> None:
    """Look at one upload and decide: a photo, a duplicate, or refused with a reason. Safe to run twice."""
    upload = IncomingUpload.objects.claim(upload_id, now=clock.now())
    if upload is None:
        return
    try:
        status, reason, photo = _judged(upload)
    except (OSError, OperationalError, storing.Mismatch) as trouble:
        _put_back(upload, trouble)
        return
    if IncomingUpload.objects.decide(upload.pk, status, reason=reason, photo=photo):
        log.info("upload %s: %s", upload.pk, status)
    remove_incoming(upload)


def _put_back(upload: IncomingUpload, trouble: Exception) -> None:
    reason = NOT_WRITTEN.format(reason=getattr(trouble, "strerror", None) or type(trouble).__name__)
    until = clock.now() + PAUSE
    if IncomingUpload.objects.put_back(upload.pk, attempt=upload.attempts, reason=reason, until=until):
        log.warning("upload %s: waits (%s)", upload.pk, type(trouble).__name__)


def remove_incoming(upload: IncomingUpload) -> None:
    """Remove the bytes of an upload that is decided."""
    if upload.path:
        storages["incoming"].delete(upload.path)
        IncomingUpload.objects.decided().filter(pk=upload.pk).update(path="")


def import_file(path: Path, *, name: str = "", modified_at: datetime | None = None) -> Photo:
    """Make a photo of a file on this machine, which stays where it is. The thumbnails are asked for.

    A text file of the same name beside it may say how it was made.

    Args:
        path: the file.
        name: what the owner calls it; else the file's own name.
        modified_at: when the file was last changed; it dates a picture that does not say when it was taken.

    Raises:
        AlreadyHere: with the photo that has these bytes.
        Refused: with a sentence for the owner.
    """
    checksum = storing.checksum_of(path)
    name = readable_name(name or path.name)
    return _make_photo(path, uuid.uuid4(), checksum, name, modified_at, read_sidecar(path))


def complete_retrieval(photo_id: UUID, fetched: Path) -> Attached | None:
    """Put a fetched file under its pending photo.

    Args:
        photo_id: the photo that waits.
        fetched: the file, whole; it stays where it is.

    Returns:
        Where the bytes are now, or None when the photo is gone. A second call finds the work done.

    Raises:
        Refused: when the file is no picture we take; fetching it again will not help.
    """
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is None:
        return None
    if photo.retrieval_status == RetrievalStatus.COMPLETED:
        return Attached(photo_id, is_same=False)
    checksum = storing.checksum_of(fetched)
    if same := _restored(checksum):
        _forget_placed(photo_id)
        return Attached(same.pk, is_same=True)
    return _fill(photo, fetched, checksum)


def _judged(upload: IncomingUpload) -> tuple[UploadStatus, str, Photo | None]:
    try:
        with storing.local_copy(storages["incoming"], upload.path) as path:
            photo = _make_photo(path, upload.pk, upload.checksum, upload.original_name, upload.modified_at)
    except AlreadyHere as known:
        # A worker killed between the photo and its upload's status finds its own photo here.
        is_ours = known.photo.pk == upload.pk
        if not is_ours and upload.attempts > 1:
            _forget_placed(upload.pk)
        return (
            (UploadStatus.ACCEPTED, "", known.photo) if is_ours else (UploadStatus.DUPLICATE, str(known), known.photo)
        )
    except FileNotFoundError:
        return UploadStatus.REFUSED, LOST, None
    except Refused as refusal:
        return UploadStatus.REFUSED, str(refusal), None
    return UploadStatus.ACCEPTED, "", photo


def _make_photo(
    path: Path, pk: UUID, checksum: str, name: str, modified_at: datetime | None, beside: Chunks | None = None
) -> Photo:
    _refuse_known(checksum)
    examined = examine(path).with_texts(beside or {})
    refuse_misnamed(name, examined)
    photo = Photo(id=pk, original_name=name, checksum=checksum, file_size=path.stat().st_size)
    for field, value in facts_of(examined, modified_at).items():
        setattr(photo, field, value)
    _place(photo, examined, path)
    try:
        _record(photo)
    except IntegrityError:
        _discard(photo)
        _refuse_known(checksum)
        raise
    return photo


def _refuse_known(checksum: str) -> None:
    if known := receiving.known_photo(checksum):
        raise AlreadyHere(known)


def _place(photo: Photo, examined: Examined, path: Path) -> None:
    photo.filename = f"{photo.pk.hex}.{examined.extension}"
    photo.local_storage_path = renditions.original_path(photo.filename)
    storing.store(storages["originals"], photo.local_storage_path, storing.read_chunks(path), checksum=photo.checksum)


def _discard(photo: Photo) -> None:
    """Remove the original that was placed, unless its row is there: of two that do the same work one has won."""
    path = photo.local_storage_path or ""
    if not Photo.objects.filter(local_storage_path=path).exists():
        storages["originals"].delete(path)


def _forget_placed(pk: UUID) -> None:
    """Remove the original a killed worker may have placed for a photo that will not come."""
    if Photo.objects.filter(pk=pk, local_storage_path__isnull=False).exists():
        return
    for _, extension in KINDS.values():
        storages["originals"].delete(renditions.original_path(f"{pk.hex}.{extension}"))


def _record(photo: Photo) -> None:
    with transaction.atomic():
        photo.save(force_insert=True)
        tags.take_keywords([photo])
        search.index([photo.pk])
        enqueue(tasks.make_thumbnails, photo.pk)
    log.info("photo %s: added", photo.pk)


def _restored(checksum: str) -> Photo | None:
    """Return the photo that has these bytes, out of the trash; None when there is none, or it is just being purged."""
    known = receiving.known_photo(checksum)
    if known is not None and known.in_trash and not trashing.restore([known.pk]):
        return None
    return known


def _fill(photo: Photo, fetched: Path, checksum: str) -> Attached | None:
    examined = examine(fetched)
    photo.checksum = checksum
    _place(photo, examined, fetched)
    changes = {
        **missing_facts(photo, examined),
        "filename": photo.filename,
        "local_storage_path": photo.local_storage_path,
        "checksum": checksum,
        "file_size": fetched.stat().st_size,
        "retrieval_status": RetrievalStatus.COMPLETED,
        "retrieval_error": None,
        "next_retrieval_at": None,
    }
    try:
        return _complete(photo, changes)
    except IntegrityError:
        # The same bytes came in by another way in this very moment.
        _discard(photo)
        same = _restored(checksum)
        if same is None:
            raise
        return Attached(same.pk, is_same=True)


def _complete(photo: Photo, changes: dict[str, object]) -> Attached | None:
    with transaction.atomic():
        waiting = Photo.objects.exclude(retrieval_status=RetrievalStatus.COMPLETED)
        if waiting.filter(pk=photo.pk).update(**changes):
            tags.take_keywords(Photo.objects.filter(pk=photo.pk))
            search.index([photo.pk])
            enqueue(tasks.make_thumbnails, photo.pk)
            log.info("photo %s: fetched", photo.pk)
            return Attached(photo.pk, is_same=False)
    if Photo.objects.filter(pk=photo.pk).exists():
        return Attached(photo.pk, is_same=False)
    _discard(photo)
    return None
