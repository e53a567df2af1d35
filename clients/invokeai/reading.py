"""Typed reading of JSON keys: unknown keys are ignored, a missing required one is an error."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn

from clients.errors import RemoteUnreachable

UNUSABLE = "InvokeAI's answer has no usable {key!r}. It may be a version that the gallery does not know."


def unusable(key: str) -> NoReturn:
    """Refuse an answer: what it means for the request is unknown, hence not a rejection."""
    raise RemoteUnreachable(UNUSABLE.format(key=key))


def mapping(value: Any, name: str) -> Mapping[str, Any]:
    """Return ``value`` if it is a JSON object."""
    return value if isinstance(value, dict) else unusable(name)


def sequence(value: Any, name: str) -> list[Any]:
    """Return ``value`` if it is a JSON list."""
    return value if isinstance(value, list) else unusable(name)


def text(source: Mapping[str, Any], key: str) -> str:
    """Return a required text."""
    value = source.get(key)
    return value if isinstance(value, str) else unusable(key)


def whole(source: Mapping[str, Any], key: str) -> int:
    """Return a required integer."""
    value = source.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else unusable(key)


def flag(source: Mapping[str, Any], key: str) -> bool:
    """Return a required boolean."""
    value = source.get(key)
    return value if isinstance(value, bool) else unusable(key)


def moment(source: Mapping[str, Any], key: str) -> datetime:
    """Return a required time as UTC, which is what InvokeAI writes, without naming a zone."""
    return optional_moment(source, key) or unusable(key)


def optional_text(source: Mapping[str, Any], key: str) -> str | None:
    """Return a text, or None when it is missing, null or something else."""
    value = source.get(key)
    return value if isinstance(value, str) else None


def optional_whole(source: Mapping[str, Any], key: str) -> int | None:
    """Return an integer, or None when it is missing, null or something else."""
    value = source.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def optional_number(source: Mapping[str, Any], key: str) -> float | None:
    """Return a number, or None when it is missing, null or something else."""
    value = source.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def optional_moment(source: Mapping[str, Any], key: str) -> datetime | None:
    """Return a time as UTC, or None when it is missing, null or unreadable."""
    try:
        parsed = datetime.fromisoformat(optional_text(source, key) or "")
    except ValueError:
        return None
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
