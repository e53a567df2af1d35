"""Files on their way in."""

import errno
from pathlib import Path
from tempfile import _TemporaryFileWrapper

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from photos.choices import UploadStatus
from photos.models import IncomingUpload
from photos.tests import pictures
from photos.tests.conftest import files_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nudges")]
FULL = OSError(errno.ENOSPC, "No space left on device")


def _hand_in(client: Client, content: bytes):
    return client.post(
        "/uploads/", {"file": SimpleUploadedFile("a.png", content)}, headers={"Accept": "application/json"}
    )


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of what was written to temporary files."""
    sizes: list[int] = []
    monkeypatch.setattr(_TemporaryFileWrapper, "write", lambda file, content: sizes.append(len(content)), raising=False)
    return sizes


def test_nothing_of_a_strangers_file_is_written(owner: User, written: list[int]) -> None:
    """The request is read for its token before the door is reached."""
    stranger = Client(enforce_csrf_checks=True)
    stranger.get("/login/")

    assert _hand_in(stranger, pictures.png()).status_code == 403
    assert written == []


def test_nothing_beyond_the_limit_is_written(owner_client: Client, settings: Settings, written: list[int]) -> None:
    """But its size is known, and why it was refused is told."""
    settings.UPLOAD_LIMIT = 1000
    answer = _hand_in(owner_client, b"x" * 200_000).json()

    assert answer["status"] == UploadStatus.REFUSED
    assert IncomingUpload.objects.get().file_size == 200_000
    assert written == []


@pytest.mark.parametrize("place", ["tempfile._TemporaryFileWrapper.write", "photos.files.storing._write"])
def test_a_full_disk_is_told(owner_client: Client, incoming: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """Wherever it is noticed; nothing half-written stays."""

    def fail(*args: object, **kwargs: object) -> None:
        raise FULL

    monkeypatch.setattr(place, fail, raising=False)
    owner_client.raise_request_exception = False
    answer = _hand_in(owner_client, pictures.png())

    assert answer.status_code == 507
    assert not IncomingUpload.objects.exists()
    assert files_in(incoming) == []
