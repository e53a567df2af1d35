"""Text and JSON from strangers, made safe for a database and for a page."""

import json
import math
from typing import Any

JSON_LIMIT = 2_000_000
DEPTH_LIMIT = 40


def clean(text: str, *, limit: int) -> str:
    """Return ``text`` without what no database takes (NUL, lone surrogates), cut to ``limit`` characters."""
    text = text[:limit].replace("\0", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def decoded(value: bytes) -> str:
    """Return bytes that do not say how they are written: as UTF-8 if they can be, else as Latin-1."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def repaired(text: str) -> str:
    """Return a text that was read as Latin-1 though its writer, against the rules, wrote UTF-8."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def parse_object(text: str) -> dict[str, Any]:
    """Return the JSON object in ``text``; an empty one for anything else, however hostile.

    NaN and Infinity, which are no JSON but are met, become None.
    """
    found = _parsed(text, "{")
    return tidy(found) if isinstance(found, dict) else {}


def parse_list(text: str) -> list[Any]:
    """Return the JSON list in ``text``, as ``parse_object`` does objects; an empty one for anything else."""
    found = _parsed(text, "[")
    return tidy(found) if isinstance(found, list) else []


def _parsed(text: str, opening: str) -> Any:
    if len(text) > JSON_LIMIT or not text.lstrip("\ufeff\0 \r\n\t").startswith(opening):
        return None
    try:
        return json.loads(text.strip("\ufeff\0 \r\n\t"), parse_constant=lambda _: None, parse_float=finite)
    except (ValueError, RecursionError):
        return None


def finite(digits: str) -> float | None:
    """Return the number, or None when it is too big to be one."""
    number = float(digits)
    return number if math.isfinite(number) else None


def tidy(value: Any, depth: int = 0) -> Any:
    """Return JSON data with clean texts, and None for what is nested too deeply."""
    if depth > DEPTH_LIMIT:
        return None
    if isinstance(value, str):
        return clean(value, limit=JSON_LIMIT)
    if isinstance(value, list):
        return [tidy(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {clean(key, limit=200): tidy(item, depth + 1) for key, item in value.items()}
    return value
