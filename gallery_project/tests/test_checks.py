"""Mistakes of configuration."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live_settings
from pytest_django import Settings

from gallery_project import checks


def ids(messages: list[Any]) -> list[str]:
    return [message.id for message in messages]


def test_the_shipped_queue_is_safe() -> None:
    """No message comes back while a worker may still hold it."""
    assert checks.check_queue(None) == []


def test_a_retry_that_is_too_short_is_an_error(settings: Settings) -> None:
    """A longer timeout needs a longer retry."""
    settings.Q_CLUSTER = {**live_settings.Q_CLUSTER, "timeout": 300}

    assert ids(checks.check_queue(None)) == ["gallery_project.E001"]


@pytest.mark.parametrize("origin", ["gallery.example.org", "https://gallery.example.org/", "ftp://x"])
def test_an_origin_that_can_never_match_is_an_error(settings: Settings, origin: str) -> None:
    """Browsers send a scheme and a host, nothing else."""
    settings.CSRF_TRUSTED_ORIGINS = [origin]

    assert ids(checks.check_trusted_origins(None)) == ["gallery_project.E002"]


@pytest.mark.parametrize("host", ["https://gallery.example.org", "gallery.example.org/x", "gallery.example.org:443"])
def test_an_address_is_no_host(settings: Settings, host: str) -> None:
    """People paste whole addresses."""
    settings.ALLOWED_HOSTS = [host]

    assert ids(checks.check_allowed_hosts(None)) == ["gallery_project.E003"]


def test_good_names_pass(settings: Settings) -> None:
    """Also an IPv6 address in brackets, and a port in an origin."""
    settings.ALLOWED_HOSTS = ["gallery.example.org", "[::1]"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://gallery.example.org:8443"]

    assert checks.check_allowed_hosts(None) + checks.check_trusted_origins(None) == []


def test_a_data_folder_open_to_others_is_warned_of(settings: Settings, tmp_path: Path) -> None:
    """With the command that closes it."""
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o755)
    warnings = checks.check_data_folder(None)

    assert ids(warnings) == ["gallery_project.W001"]
    assert "chmod 700" in str(warnings[0].hint)
