"""The orders a list can have, and paging through any of them by key: page a thousand costs what page one costs."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Order:
    """One order: the columns that give it, a minus before those that fall; the last one tells all rows apart."""

    slug: str
    label: str
    columns: Mapping[str, "Field[Any, Any]"]

    def sort(self, rows: "QuerySet[Row]", *, backwards: bool = False) -> "QuerySet[Row]":
        """Order some rows."""
        return rows.order_by(*(_turned(column) if backwards else column for column in self.columns))

    def key(self, row: Model) -> str:
        """Return the place of a row, as text for an address."""
        values = [getattr(row, column.lstrip("-")) for column in self.columns]
        text = json.dumps([_text(value) for value in values], cls=DjangoJSONEncoder, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def following(self, key: str, *, backwards: bool = False) -> Q | None:
        """Return the condition for what follows a place, or precedes it; None when the text is no place."""
        values = self._read(key)
        if values is None:
            return None
        columns = [_turned(column) if backwards else column for column in self.columns]
        return _beyond(list(zip(columns, values, strict=True)))

    def _read(self, key: str) -> list[Any] | None:
        try:
            found = json.loads(base64.urlsafe_b64decode(key.encode() + b"=" * (-len(key) % 4)))
            if not isinstance(found, list) or len(found) != len(self.columns):
                return None
            values = [_value(field, text) for field, text in zip(self.columns.values(), found, strict=True)]
        except (ValueError, TypeError, ValidationError, RecursionError):
            return None
        return None if None in values else values


@dataclass(frozen=True, slots=True)
class OrderedPage(Generic[Row]):
    """Some rows of an ordered list, and the keys with which it goes on at either end; empty where it ends."""

    rows: list[Row]
    following: str
    preceding: str


def page(rows: "QuerySet[Row]", order: Order, query: Mapping[str, Any], *, size: int) -> OrderedPage[Row]:
    """Return one page of ``rows``.

    Args:
        rows: any rows; they are ordered here.
        order: their order.
        query: the address's query; ``after`` and ``before`` hold a key, and nonsense means the first page.
        size: how many rows at most.
    """
    if condition := order.following(query.get("before", ""), backwards=True):
        found = list(order.sort(rows.filter(condition), backwards=True)[: size + 1])
        shown = found[:size][::-1]
        return OrderedPage(
            shown, order.key(shown[-1]) if shown else "", order.key(shown[0]) if len(found) > size else ""
        )
    condition = order.following(query.get("after", ""))
    found = list(order.sort(rows.filter(condition) if condition else rows)[: size + 1])
    shown = found[:size]
    return OrderedPage(
        shown, order.key(shown[-1]) if len(found) > size else "", order.key(shown[0]) if condition and shown else ""
    )


def _beyond(places: list[tuple[str, Any]]) -> Q:
    """Return the condition, in the form whose first half an index can walk."""
    (column, value), *others = places
    name, further = column.lstrip("-"), "lt" if column.startswith("-") else "gt"
    if not others:
        return Q(**{f"{name}__{further}": value})
    return Q(**{f"{name}__{further}e": value}) & (
        Q(**{f"{name}__{further}": value}) | Q(**{name: value}) & _beyond(others)
    )


def _turned(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def _text(value: Any) -> Any:
    """Moments keep their microseconds, which JSON would cut."""
    return value.isoformat() if isinstance(value, datetime) else value


def _value(field: "Field[Any, Any]", text: Any) -> Any:
    """Return what a key holds as the database takes it.

    Raises:
        ValueError: when it cannot be that.
    """
    if isinstance(text, str) and "\0" in text:
        raise ValueError
    value = field.to_python(text)
    if isinstance(value, datetime) and not value.tzinfo:
        raise ValueError
    return value
