"""Keyset paging: page a thousand costs what page one costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Key:
    """A place in an order by moment and primary key, both falling."""

    moment: datetime
    pk: UUID

    def __str__(self) -> str:
        return f"{self.moment.isoformat()}_{self.pk.hex}"

    @classmethod
    def parse(cls, text: str) -> "Key | None":
        """Return the key written by ``str()``, or None when the text is not one."""
        moment, _, pk = text.partition("_")
        try:
            key = cls(datetime.fromisoformat(moment.replace(" ", "+")), UUID(pk))
        except ValueError:
            return None
        # The first and the last year hold moments that do not exist in every time zone.
        return key if key.moment.tzinfo and MINYEAR < key.moment.year < MAXYEAR else None


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of an ordered list, and where the neighbouring pages begin."""

    rows: list[Row]
    older: Key | None
    newer: Key | None


def page(rows: "QuerySet[Row]", query: Mapping[str, Any], *, by: str, size: int = PAGE_SIZE) -> Page[Row]:
    """Return one page of ``rows``, newest first.

    Args:
        rows: any rows; they are ordered here.
        query: the address's query; ``before`` and ``after`` hold a key, and nonsense means the first page.
        by: the name of the date field that gives the order.
        size: how many rows at most.
    """
    after = Key.parse(query.get("after", ""))
    if after:
        return _newer_than(after, rows, by, size)
    return _older_than(Key.parse(query.get("before", "")), rows, by, size)


def older_than(key: Key, by: str) -> Q:
    """Return the condition for what follows ``key``, in the form whose first half an index can walk."""
    return Q(**{f"{by}__lte": key.moment}) & (Q(**{f"{by}__lt": key.moment}) | Q(**{by: key.moment, "pk__lt": key.pk}))


def newer_than(key: Key, by: str) -> Q:
    """Return the condition for what precedes ``key``."""
    return Q(**{f"{by}__gte": key.moment}) & (Q(**{f"{by}__gt": key.moment}) | Q(**{by: key.moment, "pk__gt": key.pk}))


def _older_than(key: Key | None, rows: "QuerySet[Row]", by: str, size: int) -> Page[Row]:
    if key:
        rows = rows.filter(older_than(key, by))
    found = list(rows.order_by(f"-{by}", "-pk")[: size + 1])
    shown = found[:size]
    return Page(
        shown, _key(shown[-1], by) if len(found) > size else None, _key(shown[0], by) if key and shown else None
    )


def _newer_than(key: Key, rows: "QuerySet[Row]", by: str, size: int) -> Page[Row]:
    found = list(rows.filter(newer_than(key, by)).order_by(by, "pk")[: size + 1])
    shown = found[:size][::-1]
    return Page(shown, _key(shown[-1], by) if shown else None, _key(shown[0], by) if len(found) > size else None)


def _key(row: Model, by: str) -> Key:
    return Key(getattr(row, by), row.pk)
