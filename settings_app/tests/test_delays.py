"""How long to wait."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from settings_app.door.addresses import client_address
from settings_app.door.delays import LONGEST_WAIT, wait_after


@pytest.mark.parametrize(("failures", "seconds"), [(0, 0), (4, 0), (5, 5), (6, 10), (7, 20), (11, 300), (10_000, 300)])
def test_the_wait_doubles_up_to_a_limit(failures: int, seconds: int) -> None:
    """Nobody is kept out for long."""
    assert wait_after(failures) == timedelta(seconds=seconds)
    assert wait_after(failures) <= LONGEST_WAIT


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "198.51.100.1", "192.0.2.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "198.51.100.1", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "198.51.100.1:4711", "198.51.100.1"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "[2001:db8:1:2::9]:4711", "2001:db8:1:2::"),
        (1, "fe80::1%eth0", "fe80::"),
        (1, "unknown", "192.0.2.1"),
        (1, "x" * 500, "192.0.2.1"),
    ],
)
def test_a_forwarded_address_counts_only_behind_the_proxies_told_of(
    settings: Settings, proxies: int, header: str, address: str
) -> None:
    """What a caller writes into the header itself stands further left and is not read."""
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": header})

    assert client_address(request) == address
