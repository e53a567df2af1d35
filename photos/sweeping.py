"""Finding again what nobody works on any more: the row is the truth, and the queue forgets."""

import logging
from datetime import timedelta

from django.core.files.storage import storages

from lib import clock
from lib.queue import enqueue, waiting
from photos import tasks, trashing
from photos.acts import acting
from photos.choices import UploadStatus
from photos.files import storing
from photos.intake import importing
from photos.models import IncomingUpload, Photo

log = logging.getLogger(__name__)

# Nudges for work that is still queued would only make the queue longer.
BUSY = 50
NUDGES = 500
# So many thumbnails at once, and then the next: an upload waits behind no more than these.
THUMBNAILS = 200
ORPHANS_AFTER = timedelta(days=1)
WRITTEN = ("incoming", "originals", "thumbnails")
GIVEN_UP = "Looking at this file failed again and again, so it was given up. Your file is untouched."


def sweep() -> None:
    """Nudge stuck uploads and missing thumbnails, finish what was interrupted, remove what was left behind."""
    give_up()
    trashing.finish_purges()
    remove_leftovers()
    acting.sweep()
    if waiting() < BUSY:
        nudge_uploads()
        nudge_thumbnails()


def nudge_uploads() -> int:
    """Ask again for a decision about the uploads nobody looks at. Return how many."""
    stuck = IncomingUpload.objects.free(now=clock.now()).order_by("created_at").values_list("pk", flat=True)[:NUDGES]
    for pk in stuck:
        enqueue(tasks.accept_upload, pk)
    return len(stuck)


def nudge_thumbnails() -> int:
    """Ask for some missing thumbnails, newest pictures first, and then for more. Return how many."""
    needing = Photo.objects.needing_thumbnails().order_by("-taken_at").values_list("pk", flat=True)[:THUMBNAILS]
    for pk in needing:
        enqueue(tasks.make_thumbnails, pk)
    if len(needing) == THUMBNAILS:
        enqueue(tasks.make_more_thumbnails)
    return len(needing)


def give_up() -> int:
    """Refuse the uploads that killed their worker as often as we let them. Return how many."""
    hopeless = IncomingUpload.objects.hopeless(now=clock.now())
    return sum(IncomingUpload.objects.decide(upload.pk, UploadStatus.REFUSED, reason=GIVEN_UP) for upload in hopeless)


def remove_leftovers() -> int:
    """Remove the incoming files of decided uploads, and those that never got a row. Return how many."""
    decided = list(IncomingUpload.objects.decided().exclude(path="")[:NUDGES])
    for upload in decided:
        importing.remove_incoming(upload)
    orphans = _orphans()
    for name in orphans:
        storages["incoming"].delete(name)
    return len(decided) + len(orphans) + _remove_drafts()


def _remove_drafts() -> int:
    before = clock.now() - ORPHANS_AFTER
    return sum(storing.remove_drafts(storages[alias], before=before) for alias in WRITTEN)


def _orphans() -> list[str]:
    storage = storages["incoming"]
    try:
        names = storage.listdir("")[1]
    except FileNotFoundError:
        return []
    known = set(IncomingUpload.objects.waiting().values_list("path", flat=True))
    old = clock.now() - ORPHANS_AFTER
    return [name for name in names if name not in known and storage.get_modified_time(name) < old]
