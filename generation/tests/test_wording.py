"""Numbers and dates in words."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from generation.showing.wording import lately
from lib import clock

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "written"),
    [
        (timedelta(minutes=5), "Today, 11:55"),
        (timedelta(hours=13), "Yesterday, 23:00"),
        (timedelta(days=2), "20 November"),
        (timedelta(days=400), "18 October 2025"),
    ],
)
def test_what_was_done_lately_has_its_time(
    ago: timedelta, written: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of older things the day is enough."""
    settings.TIME_ZONE = "UTC"
    monkeypatch.setattr(clock, "now", lambda: NOON)

    assert lately(NOON - ago) == written
