"""A term in words, as its chip says it."""

from collections.abc import Callable
from datetime import date

from photos.querying.query import Term
from photos.querying.values import Days, Numbers, Shape, Value

PHRASES = {
    ("is", "generated"): ("Generated", "Not generated"),
    ("is", "photo"): ("Photographs", "No photographs"),
    ("is", "favourite"): ("Favourites", "No favourites"),
    ("is", "chosen"): ("Chosen in a session", "Not chosen in a session"),
    ("is", "untagged"): ("Without tags", "With tags"),
    ("has", "children"): ("Others grew from it", "Nothing grew from it"),
    ("has", "parent"): ("Grew from another", "Grew from no other"),
    ("has", "prompt"): ("With a prompt", "Without a prompt"),
    ("orientation", "portrait"): ("Portrait", "Not portrait"),
    ("orientation", "landscape"): ("Landscape", "Not landscape"),
    ("orientation", "square"): ("Square", "Not square"),
}
NAMES = {"lora": "LoRA"}


def say(term: Term) -> str:
    """Return a filter in a few words, such as “Rated 3 and up”; words are said as they stand."""
    if not term.filter or term.value is None:
        return term.text
    if phrases := PHRASES.get((term.filter, str(term.value))):
        return phrases[term.is_not]
    said = SAYINGS.get(type(term.value), _name)(term.filter, term.value)
    return f"Not: {said}" if term.is_not else said


def _name(name: str, value: Value) -> str:
    return f"{NAMES.get(name, name.capitalize())}: {value}"


def _numbers(name: str, value: Value) -> str:
    assert isinstance(value, Numbers)
    word = "Rated" if name == "rating" else name.capitalize()
    return f"{word} {_range(value)}"


def _range(value: Numbers) -> str:
    if value.least == value.most:
        return f"{value.least}"
    if value.most is None:
        return f"{value.least} and up"
    return f"up to {value.most}" if value.least is None else f"{value.least} to {value.most}"


def _shape(name: str, value: Value) -> str:
    assert isinstance(value, Shape)
    return f"{name.capitalize()} {value.width} × {value.height}"


def _days(_name: str, value: Value) -> str:
    assert isinstance(value, Days)
    if value.first and value.last:
        return _between(value.first, value.last)
    return f"Since {_day(value.first)}" if value.first else f"Until {_day(value.last)}"


def _between(first: date, last: date) -> str:
    if first == last:
        return _day(first)
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return f"{first.year}"
    if first.day == 1 and _is_month_end(last):
        return _months(first, last)
    return f"{_day(first)} to {_day(last)}"


def _months(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.year}"
    return f"{first:%B} {first.year} to {last:%B} {last.year}"


def _is_month_end(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""


SAYINGS: dict[type, Callable[[str, Value], str]] = {Numbers: _numbers, Shape: _shape, Days: _days}
