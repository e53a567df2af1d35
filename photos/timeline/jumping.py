"""Places in the timeline that are named by a date."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import MAXYEAR, date, timedelta
from typing import Any
from uuid import UUID

from lib import paging
from lib.paging import Key, Page, newer_than
from photos.models import Photo
from photos.querysets import PhotoQuerySet
from photos.timeline.months import month_after, month_start

DATE = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?")
NOBODY = UUID(int=0)


def page_at(photos: PhotoQuerySet, query: Mapping[str, Any]) -> Page[Photo]:
    """Return the page of ``photos`` that an address asks for.

    ``at`` may be a year, a month or a day (``2021``, ``2021-03``, ``2021-03-14``): the page begins with the latest
    photo of that time, else with the next older one; before everything it is the oldest page. Nonsense means the
    first page. ``before`` and ``after`` are as paging has them.
    """
    key = None if "before" in query or "after" in query else key_above(str(query.get("at", "")))
    page = paging.page(photos, {"before": str(key)} if key else query, by="taken_at")
    if key and not page.rows:
        oldest = paging.page(photos, {"after": str(key)}, by="taken_at")
        return replace(oldest, older=None)
    return page


def with_true_top(page: Page[Photo], photos: PhotoQuerySet) -> Page[Photo]:
    """Return the page without the way to newer photos if it is the first: paging need not know, for one query less."""
    is_first = page.newer and not photos.filter(newer_than(page.newer, "taken_at")).exists()
    return replace(page, newer=None) if is_first else page


def key_above(text: str) -> Key | None:
    """Return the place just above everything from the time ``text`` names, or None when it names none."""
    found = DATE.fullmatch(text.strip())
    following = _following(*found.groups()) if found else None
    return Key(month_start(following), NOBODY) if following else None


def _following(year: str, month: str | None, day: str | None) -> date | None:
    """Return the day after a year, a month or a day; the calendar's last one is not passed."""
    try:
        first = date(int(year), int(month or 12), int(day or 1))
        if first.year == MAXYEAR:
            return None
        return first + timedelta(days=1) if day else month_after(first)
    except ValueError:
        return None
