"""Numbers and dates in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import format as format_date

from lib import clock

COUNTS = {1: "1 picture"}


def count_of(pictures: int) -> str:
    """Say a number of pictures."""
    return COUNTS.get(pictures, f"{pictures:,} pictures")


def steps_of(number: int) -> str:
    """Say a number of steps."""
    return "1 step" if number == 1 else f"{number:,} steps"


def date_of(moment: datetime) -> str:
    """Write a date; the year only when it is another one."""
    local = timezone.localtime(moment)
    return format_date(local, "j F" if local.year == timezone.localtime(clock.now()).year else "j F Y")


def lately(moment: datetime) -> str:
    """Write when something was done last: with the time when that was today or yesterday."""
    local = timezone.localtime(moment)
    day = {0: "Today", 1: "Yesterday"}.get((timezone.localtime(clock.now()).date() - local.date()).days)
    return f"{day}, {format_date(local, 'H:i')}" if day else date_of(moment)
