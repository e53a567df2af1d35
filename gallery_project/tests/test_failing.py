"""What is answered when a page cannot be made."""

import errno

import pytest
from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError
from django.test import Client

SECRET = "host=db.internal password=geheim"
FULL = OSError(errno.ENOSPC, SECRET)


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError(SECRET), 503, "database does not answer"),
        (InterfaceError(SECRET), 503, "database does not answer"),
        (FULL, 507, "The disk is full"),
        (OSError(errno.EIO, SECRET), 500, "stumbled"),
        (ValueError(SECRET), 500, "stumbled"),
    ],
)
def test_the_cause_is_told_and_no_detail(
    owner: User, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, words: str
) -> None:
    """Every such page has the policy of all pages, and neither a traceback nor what the error says."""

    def fail(*args: object) -> None:
        raise error

    monkeypatch.setattr("settings_app.door.claiming.has_owner", fail)
    response = Client(raise_request_exception=False).get("/login/")

    assert response.status_code == status
    assert words in response.content.decode()
    assert "geheim" not in response.content.decode()
    assert "default-src" in response["Content-Security-Policy"]
