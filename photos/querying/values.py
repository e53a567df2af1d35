"""What stands behind the colon of a filter: a name, a number, a range, a date."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$", re.ASCII)
NUMBER = re.compile(r"\d{1,9}$", re.ASCII)
COMPARED = re.compile(r"(>=|<=|>|<|=)?(.*)$", re.DOTALL)
SHAPE = re.compile(r"(\d{1,6})[x×](\d{1,6})$", re.ASCII)


class Wrong(ValueError):
    """A value that means nothing; its text is the sentence for the owner, without the value itself."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Whole numbers from ``least`` to ``most``, both included; None is an open end."""

    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Days:
    """Days from ``first`` to ``last``, both included; None is an open end."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Shape:
    """One exact size in pixels."""

    width: int
    height: int


Value = str | Numbers | Days | Shape
Reader = Callable[[str], Value]


def name(text: str) -> str:
    """Return a name as it was written."""
    return text.strip()


def one_of(*words: str, **synonyms: str) -> Reader:
    """Return a reader of a closed set of words; ``synonyms`` map other spellings to one of them."""

    def reads(text: str) -> str:
        word = text.strip().casefold()
        word = synonyms.get(word, word)
        if word not in words:
            raise Wrong(f"is none of {', '.join(words)}")
        return word

    return reads


def seed(text: str) -> str:
    """Return a seed in plain digits; it may be longer than most databases count."""
    digits = text.strip()
    if not re.fullmatch(r"\d{1,20}", digits, re.ASCII):
        raise Wrong("is no seed. A seed is a whole number")
    return str(int(digits))


def numbers(text: str) -> Numbers:
    """Return what 3, >=3, <3, 2..4, 2.. or ..4 stand for."""
    if ".." in text:
        least, _, most = text.partition("..")
        return _ordered(Numbers(_number(least) if least else None, _number(most) if most else None))
    sign, digits = _compared(text)
    return _numbers_beside(sign, _number(digits))


def stars(text: str) -> Numbers:
    """Return what numbers stand for, if a picture can have so many stars."""
    found = numbers(text)
    if any(number is not None and number not in range(6) for number in (found.least, found.most)):
        raise Wrong("is no rating. Stars go from 0 to 5")
    return found


def size(text: str) -> Numbers | Shape:
    """Return an exact size such as 1024x768, or what numbers stand for."""
    if exact := SHAPE.match(text.strip()):
        return Shape(int(exact[1]), int(exact[2]))
    return numbers(text)


def days(text: str) -> Days:
    """Return what 2024, 2024-03, 2024-03-05, a range of them with .., or one compared (>=2024) stand for."""
    if ".." in text:
        first, _, last = text.partition("..")
        return _days_between(_span(first) if first.strip() else None, _span(last) if last.strip() else None)
    sign, written = _compared(text)
    return _days_beside(sign, _span(written))


def _compared(text: str) -> tuple[str, str]:
    found = COMPARED.match(text.strip())
    return (found[1] or "=", found[2].strip()) if found else ("=", text)


def _number(text: str) -> int:
    if not NUMBER.match(text.strip()):
        raise Wrong("is no number. Write 3, >=3, <3 or 2..4")
    return int(text)


def _numbers_beside(sign: str, number: int) -> Numbers:
    around = {
        "=": Numbers(number, number),
        ">=": Numbers(number, None),
        ">": Numbers(number + 1, None),
        "<=": Numbers(None, number),
        "<": Numbers(None, number - 1),
    }
    return around[sign]


def _ordered(found: Numbers) -> Numbers:
    if found == Numbers(None, None):
        raise Wrong("has neither beginning nor end")
    if found.least is not None and found.most is not None and found.least > found.most:
        raise Wrong("ends before it begins")
    return found


def _span(text: str) -> tuple[date, date]:
    """Return the first and the last day of a written year, month or day."""
    found = DATE.match(text.strip())
    if not found:
        raise Wrong("is no date. Write 2024, 2024-03 or 2024-03-05, and .. between two")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        return date(year or 0, month or 1, day or 1), _end(year or 0, month, day)
    except ValueError:
        raise Wrong("is no day of the calendar") from None


def _end(year: int, month: int | None, day: int | None) -> date:
    if month and not day:
        date(year, month, 1)
        return date(year, month, monthrange(year, month)[1])
    return date(year, month or 12, day or 31)


def _days_beside(sign: str, span: tuple[date, date]) -> Days:
    first, last = span
    around = {"=": Days(first, last), ">=": Days(first, None), "<=": Days(None, last)}
    if sign in around:
        return around[sign]
    return Days(_moved(last, 1), None) if sign == ">" else Days(None, _moved(first, -1))


def _moved(day: date, days: int) -> date:
    try:
        return date.fromordinal(day.toordinal() + days)
    except (ValueError, OverflowError):
        raise Wrong("is no day of the calendar") from None


def _days_between(first: tuple[date, date] | None, last: tuple[date, date] | None) -> Days:
    if not first and not last:
        raise Wrong("has neither beginning nor end")
    found = Days(first[0] if first else None, last[1] if last else None)
    if found.first and found.last and found.first > found.last:
        raise Wrong("ends before it begins")
    return found
