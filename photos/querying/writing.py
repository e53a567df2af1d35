"""From a filter to the text that asks for it."""

import re

PLAIN = re.compile(r'[^\s"“”„«»\\]+$')


def write(name: str, value: str, *, is_not: bool = False) -> str:
    """Return the text of a filter, its value quoted where that is needed."""
    return f"{'-' if is_not else ''}{name}:{quoted(value)}"


def quoted(value: str) -> str:
    """Return the value as it may stand behind a colon."""
    if PLAIN.match(value):
        return value
    escaped = re.sub(r'([\\"])', r"\\\1", value)
    return f'"{escaped}"'
