"""Which time zone days are counted in."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from gallery_project import time_zone


def test_the_owner_may_name_a_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """It wins over the machine's."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("GALLERY_TIME_ZONE", "Asia/Tokyo")

    assert time_zone.env_time_zone("GALLERY_TIME_ZONE") == "Asia/Tokyo"


@pytest.mark.parametrize("name", ["Mars/Olympus", "../etc/passwd", "Europe"])
def test_an_unknown_zone_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """In one sentence that shows what a name looks like."""
    monkeypatch.setenv("GALLERY_TIME_ZONE", name)

    with pytest.raises(ImproperlyConfigured, match="such as Europe/Berlin"):
        time_zone.env_time_zone("GALLERY_TIME_ZONE")


def test_the_machines_link_is_followed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The link's target ends in the zone's name."""
    zone = tmp_path / "zoneinfo" / "Europe" / "Lisbon"
    zone.parent.mkdir(parents=True)
    zone.touch()
    (tmp_path / "localtime").symlink_to(zone)
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(time_zone, "LOCAL_TIME", tmp_path / "localtime")

    assert time_zone.machine_time_zone() == "Europe/Lisbon"


def test_without_any_sign_it_is_utc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A zone such as CET-1CEST in TZ is no name."""
    monkeypatch.setenv("TZ", "CET-1CEST")
    monkeypatch.setattr(time_zone, "LOCAL_TIME", tmp_path / "nothing")

    assert time_zone.machine_time_zone() == "UTC"
