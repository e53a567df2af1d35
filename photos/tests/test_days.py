"""The days of the timeline."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict

from lib import paging
from photos.models import Photo
from photos.tests.factories import PhotoFactory
from photos.timeline import days
from photos.timeline.days import days_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def _days(query: str = "", size: int = 100) -> list[days.Day]:
    page = paging.page(Photo.objects.visible().for_grid(), QueryDict(query), by="taken_at", size=size)
    return days_of(page, Photo.objects.visible(), today=TODAY)


def test_photos_are_grouped_by_the_owners_day(settings):
    """A picture taken late in the evening in UTC belongs to the next day in Copenhagen."""
    settings.TIME_ZONE = "Europe/Copenhagen"
    PhotoFactory(taken_at=datetime(2026, 5, 3, 22, 30, tzinfo=UTC))

    assert [day.date for day in _days()] == [date(2026, 5, 4)]


def test_a_day_of_this_year_needs_no_year():
    """The year is told only when it is another one."""
    PhotoFactory(taken_at=NOON)
    PhotoFactory(taken_at=NOON.replace(year=2025))

    assert [day.title for day in _days()] == ["Sunday 3 May", "Saturday 3 May 2025"]


def test_a_day_that_goes_on_is_counted_whole():
    """The note is about the day, not about the page."""
    for minute in range(5):
        PhotoFactory(taken_at=NOON + timedelta(minutes=minute), generated=minute % 2 == 0)

    assert [day.note for day in _days(size=2)] == ["5 pictures, 3 generated"]


def test_an_enormous_day_is_not_counted_to_its_end(monkeypatch):
    """Counting stops where it would cost more than the page."""
    monkeypatch.setattr(days, "COUNT_AT_MOST", 3)
    PhotoFactory.create_batch(6, taken_at=NOON)

    assert [day.note for day in _days(size=2)] == ["more than 3 pictures"]


def test_days_inside_a_page_cost_no_query(django_assert_num_queries):
    """One query for the rows, and at most one for each edge of the page."""
    for day in range(8):
        PhotoFactory(taken_at=NOON + timedelta(days=day))
    key = paging.Key(NOON + timedelta(days=7), Photo.objects.latest("taken_at").pk)

    with django_assert_num_queries(3):
        _days(f"before={str(key).replace('+', '%2B')}", size=5)
