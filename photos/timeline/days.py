"""The days of a page of the timeline, each told honestly even when it goes on over the page's edge."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Count, Q
from django.utils import dateformat, timezone

from lib.paging import Key, Page
from photos.models import Photo
from photos.querysets import PhotoQuerySet

# A day may hold a whole unsorted import; counting all of it would cost more than the page.
COUNT_AT_MOST = 1000
# Shapes beyond these are cropped in a row; the style sheet of the cards says the same.
NARROWEST, WIDEST = 0.4, 3.6
# Broader than any window.
WHOLE_ROW = 99


@dataclass(slots=True)
class Day:
    """One day in the owner's time zone, with the part of it that is on this page."""

    date: date
    photos: list[Photo] = field(default_factory=list)
    total: int = 0
    generated: int = 0
    is_this_year: bool = True
    name: str = ""
    opens_month: bool = False

    @property
    def slug(self) -> str:
        """A name for the page's anchors."""
        return f"day-{self.date.isoformat()}"

    @property
    def title(self) -> str:
        """The day's name if it was given one, else the day in words, with its year when it is not this one."""
        return self.name or dateformat.format(self.date, "l j F" if self.is_this_year else "l j F Y")

    @property
    def month_slug(self) -> str:
        """A name for the anchor of its month."""
        return f"month-{self.date:%Y-%m}"

    @property
    def month_title(self) -> str:
        """Its month in words."""
        return dateformat.format(self.date, "F Y")

    @property
    def short_title(self) -> str:
        """The same for a narrow column."""
        return self.name or dateformat.format(self.date, "D j M" if self.is_this_year else "D j M Y")

    @property
    def breadth(self) -> float:
        """How many times wider than tall its pictures are in one row; a day that may go on takes all there is."""
        return (
            round(sum(shape_in_row(photo) for photo in self.photos), 3) if len(self.photos) == self.total else WHOLE_ROW
        )

    @property
    def gaps(self) -> int:
        """How many gaps lie between its pictures in one row."""
        return len(self.photos) - 1

    @property
    def note(self) -> str:
        """How much there is of the whole day, not only of what is on this page."""
        if self.total > COUNT_AT_MOST:
            return f"more than {COUNT_AT_MOST:,} pictures"
        pictures = "1 picture" if self.total == 1 else f"{self.total:,} pictures"
        return f"{pictures}, {self.generated:,} generated" if self.generated else pictures


def days_of(page: Page[Photo], among: PhotoQuerySet, *, today: date, by: str = "taken_at") -> list[Day]:
    """Return the page's days, newest first.

    A day that may go on over the page's edge is counted by a query, so there are at most two, however long the
    library is.

    Args:
        page: what is shown, in the order of ``by``.
        among: everything the list shows.
        today: decides whose year goes without saying.
        by: the name of the date field that says to which day a photo belongs.
    """
    days = [
        _day(day, list(photos), today)
        for day, photos in groupby(page.rows, lambda photo: local_day(getattr(photo, by)))
    ]
    for day in _at_the_edges(days, page):
        day.total, day.generated = _count(day.date, among, by)
    return days


def open_months(days: list[Day], *, above: str | None = None) -> list[Day]:
    """Mark the days that begin a month; ``above`` is the slug of the day the list goes on from."""
    month = month_of(above) if above else ""
    for day in days:
        day.opens_month = day.month_slug != month
        month = day.month_slug
    return days


def month_of(day_slug: str) -> str:
    """Return the slug of the month a day lies in."""
    return day_slug.replace("day-", "month-").rpartition("-")[0]


def shape_in_row(photo: Photo) -> float:
    """Return the width of a photo by its height as a row shows it: what is very long or tall is cropped."""
    return min(max(photo.width / photo.height, NARROWEST), WIDEST)


def local_day(moment: datetime) -> date:
    """Return the day a moment belongs to, in the owner's time zone."""
    return timezone.localtime(moment).date()


def day_above(before: str) -> str | None:
    """Return the slug of the day whose heading already stands above the place where a list goes on."""
    key = Key.parse(before)
    return f"day-{local_day(key.moment).isoformat()}" if key else None


def _day(day: date, photos: list[Photo], today: date) -> Day:
    generated = sum(photo.is_generated for photo in photos)
    return Day(day, photos, len(photos), generated, is_this_year=day.year == today.year)


def _at_the_edges(days: list[Day], page: Page[Photo]) -> list[Day]:
    first = days[:1] if page.newer else []
    last = days[-1:] if page.older else []
    return first if first == last else first + last


def _count(day: date, among: PhotoQuerySet, by: str) -> tuple[int, int]:
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    next_midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    whole_day = among.filter(**{f"{by}__gte": midnight, f"{by}__lt": next_midnight}).order_by()
    counted = whole_day[: COUNT_AT_MOST + 1].aggregate(
        total=Count("pk"), generated=Count("pk", filter=Q(is_generated=True))
    )
    return counted["total"], counted["generated"]
