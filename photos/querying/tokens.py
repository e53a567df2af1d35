"""The pieces of a search text, cut at blanks outside quotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Plain quotes, or the curly ones that phones write. Within plain quotes a backslash keeps a sign from meaning anything.
TOKEN = re.compile(
    r"""
    (?P<minus>-?)
    (?:(?P<name>[A-Za-z]+):)?
    (?:"(?P<quoted>(?:\\.|[^"\\])*+)(?P<end>"?)
    | [“„«](?P<curly>[^“”»]*+)(?P<curly_end>[“”»]?)
    | (?P<plain>[^\s"“„«]*+))
    """,
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One piece: its place in the text, the minus before it, a filter's name, and what follows, without quotes."""

    start: int
    end: int
    text: str
    is_not: bool
    name: str
    value: str
    is_quoted: bool


def tokens(text: str) -> Iterator[Token]:
    """Yield the pieces of ``text``. A quote that is never closed goes on to the end."""
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        token = _token_at(text, place)
        yield token
        place = token.end


def _token_at(text: str, place: int) -> Token:
    found = TOKEN.match(text, place)
    if found is None or found.end() == place:  # cannot be; but a reader that stands still would never end
        return Token(place, place + 1, text[place], False, "", text[place], False)
    is_quoted = found["plain"] is None
    return Token(
        place,
        found.end(),
        _closed(found),
        bool(found["minus"]),
        (found["name"] or "").lower(),
        _value(found),
        is_quoted,
    )


def _closed(found: re.Match[str]) -> str:
    """Return the piece as it is written back: the same, with its quote closed."""
    if found["quoted"] is not None and not found["end"]:
        return f'{found[0]}"'
    return f"{found[0]}”" if found["curly"] is not None and not found["curly_end"] else found[0]


def _value(found: re.Match[str]) -> str:
    if found["quoted"] is not None:
        return re.sub(r"\\(.)", r"\1", found["quoted"], flags=re.DOTALL)
    return found["curly"] if found["curly"] is not None else found["plain"]
