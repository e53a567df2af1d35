"""The months of the library, and the places a date names."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from photos.models import Photo
from photos.searching.filters import PhotoFilter
from photos.tests.factories import PhotoFactory
from photos.timeline import jumping
from photos.timeline.months import years_of

pytestmark = pytest.mark.django_db


def _told(wanted: str = "") -> list[tuple[str, int]]:
    return [(month.at, month.count) for year in years_of(PhotoFilter(wanted)) for month in year.months]


def _taken(*moments: tuple[int, ...]) -> list[Photo]:
    return [PhotoFactory(taken_at=datetime(*moment, tzinfo=UTC)) for moment in moments]


def test_months_are_told_latest_first_with_what_they_hold():
    """Months without a picture are left out, also between others."""
    _taken((2024, 3, 1), (2024, 3, 31), (2021, 12, 5))

    assert _told() == [("2024-03", 2), ("2021-12", 1)]


def test_trash_and_what_is_not_here_is_not_counted():
    """The scrubber promises only what the list shows."""
    _taken((2024, 3, 1))
    PhotoFactory(trashed=True, taken_at=datetime(2024, 3, 1, tzinfo=UTC))
    PhotoFactory(pending=True, taken_at=datetime(2025, 3, 1, tzinfo=UTC))

    assert _told() == [("2024-03", 1)]


@pytest.mark.parametrize("wanted", ["", "orientation:landscape"])
def test_months_are_the_owners(settings, wanted):
    """Late on New Year's Eve in UTC it is January in Copenhagen; in summer the clock is another."""
    settings.TIME_ZONE = "Europe/Copenhagen"
    _taken((2023, 12, 31, 22, 30), (2023, 12, 31, 23, 30), (2024, 6, 30, 21, 30), (2024, 6, 30, 22, 30))

    assert _told(wanted) == [("2024-07", 1), ("2024-06", 1), ("2024-01", 1), ("2023-12", 1)]


def test_only_what_is_wanted_is_counted():
    """A search has a scrubber of its own."""
    _taken((2024, 3, 1))
    PhotoFactory(generated=True, taken_at=datetime(2022, 3, 1, tzinfo=UTC))

    assert _told("is:generated") == [("2022-03", 1)]


@pytest.mark.parametrize("wanted", ["", "is:photo"])
def test_impossible_dates_are_counted_at_the_ends(wanted):
    """A camera with a broken clock neither breaks the scrubber nor makes it a thousand years long."""
    _taken((2024, 3, 1), (1, 1, 3), (9999, 12, 1))

    assert sum(count for _, count in _told(wanted)) == 3
    assert len(years_of(PhotoFilter(wanted))) == 3


def test_the_fullest_month_is_the_measure():
    """The length of a tick tells a month's share."""
    _taken((2024, 3, 1), (2024, 3, 2), (2024, 2, 1))

    assert [month.share for month in years_of(PhotoFilter(""))[0].months] == [1, 0.5]


@pytest.mark.parametrize(("wanted", "questions"), [("", 3), ("is:photo", 4)])
def test_counting_asks_the_same_number_of_questions_however_many_months_there_are(wanted, questions):
    """Two look-ups and one count; of a part of the library only the months that hold anything."""
    _taken((2024, 3, 1))
    with CaptureQueriesContext(connection) as few:
        years_of(PhotoFilter(wanted))
    _taken(*((year, month, 1) for year in range(2000, 2020) for month in (1, 7)))
    with CaptureQueriesContext(connection) as many:
        years_of(PhotoFilter(wanted))

    assert len(few) == len(many) == questions


def test_an_empty_library_has_no_years():
    """There is nothing to scrub."""
    assert years_of(PhotoFilter("")) == []


@pytest.mark.parametrize(
    ("text", "following"),
    [("2021", date(2022, 1, 1)), ("2021-03", date(2021, 4, 1)), ("2021-12", date(2022, 1, 1)),
     ("2021-03-14", date(2021, 3, 15)), (" 2021-3-4 ", date(2021, 3, 5))],
)  # fmt: skip
def test_a_date_names_the_place_above_everything_of_it(settings, text, following):
    """Years, months and days, in the owner's time zone."""
    settings.TIME_ZONE = "UTC"

    assert jumping.key_above(text).moment == datetime(following.year, following.month, following.day, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "2021-13", "2021-02-30", "yesterday", "9999", "9999-12", "9999-12-31", "0000", "21"]
)
def test_what_is_no_date_names_no_place(text):
    """Nonsense is left out, and the calendar's ends break nothing."""
    assert jumping.key_above(text) is None


@pytest.mark.parametrize(
    ("at", "first"), [("2024", 0), ("2023-05", 1), ("2023-05-09", 2), ("2022", 3), ("2099", 0), ("1990", 0)]
)
def test_a_page_at_a_date_begins_with_the_latest_of_it(at, first):
    """A time without pictures begins with the next older one; before everything it is the oldest page."""
    photos = _taken((2024, 3, 1), (2023, 5, 10), (2023, 5, 9), (2021, 1, 1))

    page = jumping.page_at(Photo.objects.visible(), {"at": at})

    assert page.rows[0] == photos[first]


def test_the_way_to_newer_pictures_is_offered_only_where_there_are_any(owner_client):
    """A page that begins at a date may be the first."""
    _taken((2024, 3, 1), (2023, 5, 10))

    assert owner_client.get("/", {"at": "2024-03"}).context["page"].newer is None
    assert owner_client.get("/", {"at": "2023"}).context["page"].newer is not None


def test_the_scrubber_the_dialog_and_the_page_lead_to_each_month(owner_client):
    """Plain links that keep the search, with scripts and without."""
    _taken((2024, 3, 1))
    addresses = [{}, {"HX-Request": "true", "HX-Target": "scrubber"}, {"HX-Request": "true", "HX-Target": "dialog"}]

    for headers in addresses:
        page = owner_client.get("/timeline/months/", {"q": "is:photo"}, headers=headers).content.decode()
        assert 'href="/?q=is%3Aphoto&amp;at=2024-03"' in page
        assert "March" in page or "Mar" in page


def test_the_scrubber_tells_how_much_a_search_found(owner_client):
    """Without a search there is nothing to tell."""
    PhotoFactory.create_batch(2, is_favorite=True)
    PhotoFactory()

    headers = {"HX-Request": "true", "HX-Target": "scrubber"}
    found = owner_client.get("/timeline/months/?q=is:favourite", headers=headers)
    everything = owner_client.get("/timeline/months/", headers=headers)

    assert 'data-found="2 pictures"' in found.content.decode()
    assert 'data-found=""' in everything.content.decode()


def test_the_months_are_the_owners_alone(visitor, db):
    """Nobody else may count."""
    assert visitor.get("/timeline/months/").status_code == 302
