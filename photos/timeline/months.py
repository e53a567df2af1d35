"""The months of a list of photos, each with how many it holds: what the date scrubber is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time
from itertools import groupby

from django.db import connection
from django.db.models import Case, Count, IntegerField, Max, Min, Value, When
from django.utils import dateformat, timezone

from photos.models import Photo
from photos.querysets import PhotoQuerySet
from photos.searching.filters import PhotoFilter
from photos.timeline.days import local_day

# Dates outside of these years come from broken clocks; such photos are counted in the first or the last month.
EARLIEST, LATEST = 1800, 2200
BEGINNING, END = datetime(1, 1, 2, tzinfo=UTC), datetime(MAXYEAR, 12, 30, tzinfo=UTC)

# The conditions are those of PhotoQuerySet.visible(), in the words of the timeline's index.
COUNTED = """
    WITH months (number, start, stop) AS (VALUES {})
    SELECT number, (
        SELECT COUNT(*) FROM photos
        WHERE deleted_at IS NULL AND retrieval_status = 'completed' AND taken_at >= start AND taken_at < stop
    ) FROM months
"""
NOT_EMPTY = """
    WITH months (number, start, stop) AS (VALUES {})
    SELECT number FROM months WHERE EXISTS (
        SELECT 1 FROM photos
        WHERE deleted_at IS NULL AND retrieval_status = 'completed' AND taken_at >= start AND taken_at < stop
    ) ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class Month:
    """One month in the owner's time zone."""

    first: date
    count: int
    # Its part of the fullest month, above 0 and at most 1.
    share: float = 1

    @property
    def at(self) -> str:
        """The month as an address names it."""
        return f"{self.first:%Y-%m}"

    @property
    def title(self) -> str:
        """The month in words."""
        return dateformat.format(self.first, "F Y")

    @property
    def name(self) -> str:
        """The month without its year, in three letters."""
        return dateformat.format(self.first, "M")

    @property
    def note(self) -> str:
        """How much it holds, in words."""
        return pictures(self.count)


@dataclass(frozen=True, slots=True)
class Year:
    """One year and those of its months that hold something, the latest first."""

    number: int
    months: list[Month]

    @property
    def at(self) -> str:
        """The year as an address names it."""
        return f"{self.number:04}"

    @property
    def note(self) -> str:
        """How much it holds, in words."""
        return pictures(sum(month.count for month in self.months))


def years_of(wanted: PhotoFilter) -> list[Year]:
    """Return the years that hold something of what is wanted, the latest first.

    Two look-ups find the ends of the library and one or two queries count, however much there is.
    """
    visible = Photo.objects.visible()
    # One at a time: asked for together, SQLite reads all rows to find them.
    first, last = (visible.order_by().aggregate(end=end("taken_at"))["end"] for end in (Min, Max))
    if first is None:
        return []
    starts = _starts(local_day(first), local_day(last))
    counts = _count(wanted.narrow(visible, is_whole=True), starts) if wanted.is_on else _count_all(starts)
    return _years(counts, starts)


def pictures(count: int) -> str:
    """Return a count of pictures in words."""
    return "1 picture" if count == 1 else f"{count:,} pictures"


def total(years: list[Year]) -> int:
    """Return how much all of them hold."""
    return sum(month.count for year in years for month in year.months)


def month_start(first: date) -> datetime:
    """Return the moment a day begins in the owner's time zone."""
    return timezone.make_aware(datetime.combine(first, time.min))


def month_after(first: date) -> date:
    """Return the first day of the month after the one a day lies in."""
    year, month = divmod(first.year * 12 + first.month, 12)
    return date(min(year, MAXYEAR), month + 1, 1)


def _starts(first: date, last: date) -> list[date]:
    """Return the first days of all months from one day to another, within reason."""
    month = date(min(max(first.year, EARLIEST), LATEST), first.month, 1)
    starts = [month]
    while (month := month_after(month)) <= last and month.year <= LATEST:
        starts.append(month)
    return starts


def _count_all(starts: list[date]) -> dict[int, int]:
    """Count the whole library by a range of the timeline's index for each month.

    Grouping a million rows takes SQLite a second; reading their index in ranges takes a tenth of that.
    """
    return {number: count for number, count in _ask(COUNTED, starts) if count}


def _ask(statement: str, starts: list[date]) -> list[tuple[int, ...]]:
    """Run a statement over the months, each given as its number and its two ends."""
    adapt = connection.ops.adapt_datetimefield_value
    bounds = [adapt(month_start(day)) for day in starts[1:]]
    rows = zip(range(len(starts)), [adapt(BEGINNING), *bounds], [*bounds, adapt(END)], strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(", ".join(["(%s, %s, %s)"] * len(starts))), [part for row in rows for part in row]
        )
        return list(cursor.fetchall())


def _count(photos: PhotoQuerySet, starts: list[date]) -> dict[int, int]:
    """Count some photos by one grouped query.

    It tells apart only the months that hold anything: a scan dated 1893 must not make it two thousand cases long.
    """
    which = _which([number for (number,) in _ask(NOT_EMPTY, starts)] or [0], starts)
    counted = photos.order_by().annotate(month=which).values("month").annotate(count=Count("pk"))
    return dict(counted.values_list("month", "count"))


def _which(months: Sequence[int], starts: list[date]) -> Case | Value:
    """Return the expression for the number of the month a photo lies in, found by halving.

    Neither database can turn moments into local months quickly (SQLite would ask Python for each row); a dozen
    comparisons are quick on both, and exact when clocks change.
    """
    if len(months) == 1:
        return Value(months[0], output_field=IntegerField())
    middle = len(months) // 2
    earlier, later = months[:middle], months[middle:]
    return Case(
        When(taken_at__lt=month_start(starts[later[0]]), then=_which(earlier, starts)), default=_which(later, starts)
    )


def _years(counts: dict[int, int], starts: list[date]) -> list[Year]:
    fullest = max(counts.values(), default=1)
    months = [Month(starts[n], counts[n], counts[n] / fullest) for n in sorted(counts, reverse=True)]
    return [Year(number, list(some)) for number, some in groupby(months, lambda month: month.first.year)]
