"""Text and JSON from strangers, made safe for a database and for a page."""

import json
import math
from typing import Any

JSON_LIMIT = 2_000_000
DEPTH_LIMIT = 40


def clean(text: str, *, limit: int) -> str:
    """Return ``text`` without what no database takes (NUL, lone surrogates), cut to ``limit`` characters."""
    return text[:limit].replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def parse_object(text: str) -> dict[str, Any]:
    """Return the JSON object in ``text``; an empty one for anything else, however hostile.

    NaN and Infinity, which are no JSON but are met, become None.
    """
    if len(text) > JSON_LIMIT:
        return {}
    try:
        found = json.loads(text, parse_constant=lambda _: None, parse_float=finite)
    except (ValueError, RecursionError):
        return {}
    return tidy(found) if isinstance(found, dict) else {}


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
