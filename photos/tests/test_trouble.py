"""When the machine fails, not the file: nothing is given up, and nothing of anybody else is removed."""

import errno
from datetime import timedelta

import pytest
from django.db import OperationalError

from lib import clock
from photos import sweeping
from photos.choices import UploadStatus
from photos.files import storing
from photos.intake import importing
from photos.intake.importing import PAUSE, accept
from photos.models import IncomingUpload, Photo
from photos.querysets import UPLOAD_ATTEMPTS
from photos.tests import pictures
from photos.tests.conftest import files_in
from photos.tests.factories import IncomingUploadFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals", "nudges")]
FULL = OSError(errno.ENOSPC, "No space left on device")


def _time_passes(**units):
    IncomingUpload.objects.update(lease_until=clock.now() - timedelta(**units))


@pytest.mark.parametrize("trouble", [FULL, OperationalError("disk I/O error"), storing.Mismatch("not whole")])
def test_a_full_disk_costs_no_upload_its_file(incoming, monkeypatch, trouble):
    """However often it is tried, the bytes wait until there is room."""
    upload = IncomingUploadFactory()
    with monkeypatch.context() as full:
        full.setattr(storing, "store", _raiser(trouble))
        for _ in range(UPLOAD_ATTEMPTS + 2):
            accept(upload.pk)
            _time_passes(seconds=1)
            sweeping.sweep()
    assert len(files_in(incoming)) == 1
    accept(upload.pk)
    upload.refresh_from_db()

    assert upload.status == UploadStatus.ACCEPTED


def test_the_owner_is_told_why_an_upload_waits(incoming, monkeypatch):
    """And it is not tried again at once."""
    upload = IncomingUploadFactory()
    monkeypatch.setattr(storing, "store", _raiser(FULL))
    accept(upload.pk)
    upload.refresh_from_db()

    assert "No space left on device" in upload.reason
    assert clock.now() < upload.lease_until <= clock.now() + PAUSE


def test_two_workers_at_one_upload_leave_its_original(incoming, originals, monkeypatch):
    """After a night asleep a lease has ended while its worker goes on: the one that comes late removes nothing."""
    upload = IncomingUploadFactory()
    record = importing._record

    def record_late(photo):
        monkeypatch.setattr(importing, "_record", record)
        _time_passes(seconds=1)
        accept(upload.pk)
        record(photo)

    monkeypatch.setattr(importing, "_record", record_late)
    accept(upload.pk)

    assert files_in(originals) == [originals / Photo.objects.get().local_storage_path]


def test_what_a_killed_worker_placed_for_a_duplicate_is_removed(incoming, originals, monkeypatch):
    """It died before the row; meanwhile the same bytes came in by another upload."""
    upload, other = (IncomingUploadFactory(content=pictures.png()) for _ in range(2))
    record = importing._record
    monkeypatch.setattr(importing, "_record", _raiser(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        accept(upload.pk)
    monkeypatch.setattr(importing, "_record", record)
    _time_passes(seconds=1)
    accept(other.pk)
    accept(upload.pk)
    upload.refresh_from_db()

    assert upload.status == UploadStatus.DUPLICATE
    assert files_in(originals) == [originals / Photo.objects.get().local_storage_path]


def _raiser(error):
    def fail(*args, **kwargs):
        raise error

    return fail
