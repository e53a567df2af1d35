"""Fetch finished pictures into the library: claimed and counted, verified, and tried again with growing delays."""

import logging
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from clients.errors import RemoteError, RemoteRejected
from generation import tasks
from generation.models import GenerationStep, StepAlternative
from generation.running import delays
from generation.running.fetched_files import temporary_file
from lib import clock
from lib.queue import enqueue
from photos import merging
from photos.choices import RetrievalStatus
from photos.files import storing
from photos.imaging.decoding import Refused
from photos.intake import importing
from photos.models import Photo
from settings_app import connections

log = logging.getLogger(__name__)

GONE = "The picture is gone from the server. How it was made is kept, so it can be made again with the same seed."
NOT_A_PICTURE = "What the server sent cannot be read as a picture. {reason}"
TOO_OFTEN = "Fetching it broke off {count} times without a reason. Try again by hand."
DAMAGED = "The picture was damaged while it was written. It is fetched again."
NOT_WRITTEN = "The library could not write the file ({reason}). Make room or check the data folder."
GIVEN_UP = "Given up. Try again whenever you like."


def retrieve(photo: Photo) -> bool:
    """Fetch one claimed picture; False when it has to be tried again, or rests."""
    if photo.retrieval_attempts > delays.FETCHING_LIMIT:
        return _rest(photo, TOO_OFTEN.format(count=photo.retrieval_attempts - 1))
    try:
        _fetch(photo)
    except RemoteRejected as refusal:
        return _rest(photo, GONE if refusal.status == 404 else str(refusal))
    except Refused as refusal:
        return _try_later(photo, NOT_A_PICTURE.format(reason=refusal))
    except RemoteError as failure:
        return _not_reached(photo, str(failure))
    except storing.Mismatch as mismatch:
        return _try_later(photo, str(mismatch))
    except OSError as failure:
        return _try_later(photo, NOT_WRITTEN.format(reason=failure.strerror))
    return True


def retry(photo_id: UUID) -> bool:
    """Fetch a picture now that waits or rests, with all its attempts before it again; False when it is here."""
    with transaction.atomic():
        if changed := make_due(photo_id):
            enqueue(tasks.retrieve_photo, photo_id)
    return changed


def make_due(photo_id: UUID) -> bool:
    """Let a picture that waits or rests be fetched at once; False when it is here, or in the trash."""
    changed = Photo.objects.not_here().filter(pk=photo_id).update(
        retrieval_status=RetrievalStatus.PENDING, retrieval_attempts=0, next_retrieval_at=None, retrieval_error=None
    )  # fmt: skip
    if changed:
        _recount(photo_id)
    return changed == 1


def give_up(photo_id: UUID) -> bool:
    """Let a waiting picture rest; False when it does not wait. Nothing is lost: it can be tried again."""
    changed = Photo.objects.retrieval_failed(photo_id, error=GIVEN_UP, next_at=None)
    if changed:
        _recount(photo_id)
    return changed


def _fetch(photo: Photo) -> None:
    with temporary_file() as path:
        _download(photo, path)
        _complete(photo, path)


def _download(photo: Photo, path: Path) -> None:
    with connections.invokeai_for(photo.server) as client, path.open("wb") as file:
        download = client.images.download(photo.invoke_id or "", file, max_bytes=settings.UPLOAD_LIMIT)
    if storing.checksum_of(path) != download.sha256:
        raise storing.Mismatch(DAMAGED)


def _complete(photo: Photo, path: Path) -> None:
    """Put the bytes under their photo, or put the photo that has them already in its place."""
    steps = list(GenerationStep.objects.holding(photo.pk).values_list("pk", flat=True))
    attached = importing.complete_retrieval(photo.pk, path)
    if attached and attached.is_same:
        merging.merge(photo.pk, into=attached.photo_id)
    for pk in steps:
        GenerationStep.objects.recount(pk)
    for key in StepAlternative.objects.unmeasured().filter(step__in=steps).values_list("pk", flat=True):
        enqueue(tasks.measure_repetition, key)


def _not_reached(photo: Photo, reason: str) -> bool:
    """Try again: soon and without end while the whole server is away, else as a fault of this picture.

    An attempt that met nobody is not counted, so that a night without the server costs no picture its attempts.
    """
    if _answers(photo.server):
        return _try_later(photo, reason)
    now = clock.now()
    _note(photo, reason, now + delays.during_absence(now - photo.created_at))
    waiting = Photo.objects.filter(pk=photo.pk, retrieval_status=RetrievalStatus.PENDING)
    waiting.filter(retrieval_attempts__gt=0).update(retrieval_attempts=F("retrieval_attempts") - 1)
    return False


def _answers(server: str) -> bool:
    try:
        with connections.invokeai_for(server) as client:
            client.version()
    except RemoteError:
        return False
    return True


def _try_later(photo: Photo, reason: str) -> bool:
    pause = delays.before_fetching(photo.retrieval_attempts)
    if pause is None:
        return _rest(photo, reason)
    _note(photo, reason, clock.now() + pause)
    return False


def _rest(photo: Photo, reason: str) -> bool:
    _note(photo, reason, None)
    return False


def _note(photo: Photo, reason: str, next_at: datetime | None) -> None:
    if Photo.objects.retrieval_failed(photo.pk, error=reason, next_at=next_at):
        log.info("photo %s: not fetched at attempt %s", photo.pk, photo.retrieval_attempts)
        _recount(photo.pk)


def _recount(photo_id: UUID) -> None:
    for pk in GenerationStep.objects.holding(photo_id).values_list("pk", flat=True):
        GenerationStep.objects.recount(pk)
