"""Taking in files that are handed to us, before anybody looks inside them."""

import logging
import uuid
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from lib.queue import enqueue
from photos import tasks
from photos.choices import UploadStatus
from photos.files import storing
from photos.intake.naming import readable_name
from photos.models import IncomingUpload, Photo

log = logging.getLogger(__name__)


def receive(uploaded_file: "UploadedFile[bytes]", name: str, modified_at: datetime | None = None) -> IncomingUpload:
    """Keep the bytes and ask a worker to look at them; what is plainly wrong or known is decided at once.

    Args:
        uploaded_file: what the browser sent.
        name: what the owner calls it.
        modified_at: when the file was last changed on the owner's machine.

    Returns:
        The row: received, or already duplicate (with the photo, which may be in the trash) or refused.

    Raises:
        OSError: the disk is full, or cannot be written to; nothing was kept.
    """
    if trouble := getattr(uploaded_file, "trouble", None):
        raise trouble
    upload = IncomingUpload(id=uuid.uuid4(), original_name=readable_name(name), modified_at=modified_at)
    if reason := _plainly_wrong(uploaded_file.size or 0):
        return _decided(upload, uploaded_file.size or 0, status=UploadStatus.REFUSED, reason=reason)
    stored = storing.store(storages["incoming"], upload.id.hex, uploaded_file.chunks(storing.CHUNK))
    upload.path, upload.checksum, upload.file_size = stored.path, stored.checksum, stored.size
    if known := known_photo(stored.checksum):
        return _known(upload, known)
    return _waiting(upload)


def known_photo(checksum: str) -> Photo | None:
    """Return the photo that has these bytes (it may be in the trash), so that they need not be sent at all."""
    return Photo.objects.filter(checksum=checksum.lower()).first()


def known_photos(checksums: Iterable[str]) -> list[Photo]:
    """Return the photos that have any of these bytes, each with no more than what leads to it."""
    return list(Photo.objects.filter(checksum__in=list(checksums)).only("checksum", "deleted_at"))


def already_here(photo: Photo) -> str:
    """Return the sentence that says where the owner finds a picture that was handed in again."""
    if photo.in_trash:
        return "It is already in the library, in the trash. You can restore it there."
    return "It is already in the library."


def _plainly_wrong(size: int) -> str:
    if size == 0:
        return "The file is empty."
    if size > settings.UPLOAD_LIMIT:
        return f"The file is larger than {filesizeformat(settings.UPLOAD_LIMIT)}, the most the library takes."
    return ""


def _known(upload: IncomingUpload, photo: Photo) -> IncomingUpload:
    storages["incoming"].delete(upload.path)
    upload.path, upload.photo = "", photo
    return _decided(upload, upload.file_size, status=UploadStatus.DUPLICATE, reason=already_here(photo))


def _decided(upload: IncomingUpload, size: int, *, status: UploadStatus, reason: str) -> IncomingUpload:
    upload.file_size, upload.status, upload.reason = size, status, reason
    upload.save(force_insert=True)
    log.info("upload %s: %s", upload.pk, status)
    return upload


def _waiting(upload: IncomingUpload) -> IncomingUpload:
    with transaction.atomic():
        upload.save(force_insert=True)
        enqueue(tasks.accept_upload, upload.pk)
    return upload
