"""Typed reading of RunPod's JSON: unknown keys are ignored, a missing required one is an error."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from clients.errors import RemoteUnreachable


def unusable(key: str) -> NoReturn:
    """Refuse an answer: what it means for the request is unknown, hence not a rejection."""
    raise RemoteUnreachable(f"RunPod’s answer has no usable {key!r}. Its API may have changed: update the gallery.")


def mapping(value: Any, name: str) -> Mapping[str, Any]:
    """Return ``value`` if it is a JSON object."""
    return value if isinstance(value, dict) else unusable(name)


def part(source: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return an object inside an object; empty when it is missing or null."""
    value = source.get(key)
    return value if isinstance(value, dict) else {}


def sequence(source: Mapping[str, Any], key: str) -> list[Any]:
    """Return a required list: a missing one must never read as "nothing there"."""
    value = source.get(key)
    return value if isinstance(value, list) else unusable(key)


def required(source: Mapping[str, Any], key: str) -> str:
    """Return a required text that is not empty."""
    value = source.get(key)
    return value if isinstance(value, str) and value else unusable(key)


def text(source: Mapping[str, Any], key: str) -> str:
    """Return a text, or an empty one when it is missing, null or something else."""
    value = source.get(key)
    return value if isinstance(value, str) else ""


def truth(source: Mapping[str, Any], key: str) -> bool:
    """Return a required yes or no."""
    value = source.get(key)
    return value if isinstance(value, bool) else unusable(key)


def whole(source: Mapping[str, Any], key: str) -> int:
    """Return an integer, or 0 when it is missing, null or something else."""
    value = source.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def money(source: Mapping[str, Any], key: str) -> Decimal | None:
    """Return an amount, exactly as written, be it a number or a text; None when it is missing or no amount."""
    value = source.get(key)
    if not isinstance(value, int | Decimal | str) or isinstance(value, bool):
        return None
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount >= 0 else None


def moment(source: Mapping[str, Any], key: str) -> datetime | None:
    """Return a time as UTC, or None when it is missing, null or unreadable."""
    try:
        parsed = datetime.fromisoformat(text(source, key))
    except ValueError:
        return None
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
