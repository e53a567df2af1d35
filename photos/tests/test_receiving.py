"""Taking in files before anybody looks inside."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from photos.choices import UploadStatus
from photos.intake.receiving import receive
from photos.models import IncomingUpload
from photos.tests import pictures
from photos.tests.conftest import files_in
from photos.tests.factories import PhotoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nudges")]


def handed_in(content, name="IMG_1.png"):
    return receive(SimpleUploadedFile("ignored", content), name)


def test_a_file_waits_with_its_checksum_and_a_worker_is_asked(incoming, nudges):
    """The bytes are hashed while they are written."""
    upload = handed_in(pictures.png())

    assert upload.checksum == hashlib.sha256(pictures.png()).hexdigest()
    assert (incoming / upload.path).read_bytes() == pictures.png()
    assert nudges == [("accept_upload", str(upload.pk))]


@pytest.mark.parametrize(("content", "limit", "reason"), [(b"", 100, "empty"), (b"x" * 101, 100, "larger than 100")])
def test_what_is_plainly_wrong_is_refused_at_once(settings, incoming, nudges, content, limit, reason):
    """With a sentence, and without keeping the bytes."""
    settings.UPLOAD_LIMIT = limit
    upload = handed_in(content)

    assert upload.status == UploadStatus.REFUSED
    assert reason in upload.reason
    assert (files_in(incoming), nudges) == ([], [])


def test_known_bytes_point_to_their_photo(incoming):
    """Nothing is kept twice."""
    photo = PhotoFactory(content=pictures.png())
    upload = handed_in(pictures.png())

    assert (upload.status, upload.photo) == (UploadStatus.DUPLICATE, photo)
    assert files_in(incoming) == []


def test_known_bytes_in_the_trash_are_told():
    """The owner can restore instead."""
    PhotoFactory(content=pictures.png(), trashed=True)

    assert "in the trash" in handed_in(pictures.png()).reason


def test_the_row_is_there_when_receive_returns():
    """The page asks for it by its id."""
    assert IncomingUpload.objects.get() if handed_in(pictures.png()) else False
