"""Finding again what nobody works on any more."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from lib import clock
from photos import sweeping
from photos.choices import UploadStatus
from photos.files import storing
from photos.models import IncomingUpload
from photos.querysets import UPLOAD_ATTEMPTS
from photos.tests.conftest import files_in
from photos.tests.factories import IncomingUploadFactory, PhotoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incoming")]


def test_stuck_uploads_and_missing_thumbnails_are_nudged(nudges):
    """The queue may have forgotten them."""
    upload, photo = IncomingUploadFactory(), PhotoFactory()
    IncomingUploadFactory(lease_until=clock.now() + timedelta(minutes=1))
    PhotoFactory(with_thumbnail=True)
    sweeping.sweep()

    assert sorted(nudges) == sorted([("accept_upload", str(upload.pk)), ("make_thumbnails", str(photo.pk))])


def test_a_busy_queue_is_not_made_longer(monkeypatch, nudges):
    """What is waiting there will come."""
    IncomingUploadFactory()
    monkeypatch.setattr(sweeping, "waiting", lambda: sweeping.BUSY)
    sweeping.sweep()

    assert nudges == []


@pytest.mark.usefixtures("nudges")
def test_an_upload_that_kills_its_worker_is_refused_in_the_end(incoming):
    """With a sentence, and its bytes are removed."""
    IncomingUploadFactory(attempts=UPLOAD_ATTEMPTS)
    sweeping.sweep()
    upload = IncomingUpload.objects.get()

    assert (upload.status, upload.reason) == (UploadStatus.REFUSED, sweeping.GIVEN_UP)
    assert files_in(incoming) == []


@pytest.mark.usefixtures("nudges")
def test_files_left_behind_are_removed(incoming, time_machine):
    """Those of decided uploads at once, those without a row after a day."""
    IncomingUploadFactory(status=UploadStatus.ACCEPTED)
    waiting = IncomingUploadFactory()
    storages["incoming"].save("orphan", ContentFile(b"x"))
    sweeping.remove_leftovers()
    young = {path.name for path in files_in(incoming)}
    time_machine.move_to(clock.now() + 2 * sweeping.ORPHANS_AFTER)
    sweeping.remove_leftovers()

    assert young == {waiting.path, "orphan"}
    assert {path.name for path in files_in(incoming)} == {waiting.path}


@pytest.mark.usefixtures("nudges", "incoming", "thumbnails")
def test_what_was_half_written_at_a_kill_is_removed_after_a_day(originals, time_machine):
    """A younger one may still be written."""
    half = storing._draft(storages["originals"])
    half.write_bytes(b"half")
    sweeping.remove_leftovers()
    assert files_in(originals) == [half]
    time_machine.move_to(clock.now() + 2 * sweeping.ORPHANS_AFTER)

    assert sweeping.remove_leftovers() == 1
    assert files_in(originals) == []


def test_thousands_of_thumbnails_are_made_in_portions(nudges, monkeypatch):
    """After each portion comes the next, and what is handed in meanwhile comes between them."""
    monkeypatch.setattr(sweeping, "THUMBNAILS", 2)
    PhotoFactory.create_batch(3)
    sweeping.nudge_thumbnails()

    assert [task for task, *_ in nudges] == ["make_thumbnails", "make_thumbnails", "make_more_thumbnails"]
