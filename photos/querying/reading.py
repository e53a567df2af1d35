"""From the text of the search box to a query."""

import re

from photos.querying.filters import FILTERS
from photos.querying.query import Problem, Query, Term
from photos.querying.tokens import Token, tokens
from photos.querying.values import Wrong

MOST_PARTS = 40
MOST_WORDS = 30
WORDS = re.compile(r"[^\W_]+")


def read(text: str) -> Query:
    """Return what ``text`` asks for. Every text is allowed."""
    found = list(tokens(text.replace("\0", " ")))
    parts = [_part(token, is_last=token is found[-1]) for token in found[:MOST_PARTS]]
    return Query((*parts, *(_too_many(token) for token in found[MOST_PARTS:])))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words in a text: letters and digits only, so nothing of it means anything to a database."""
    return tuple(WORDS.findall(text))[:MOST_WORDS]


def _part(token: Token, *, is_last: bool) -> Term | Problem:
    if token.name:
        return _filter(token, is_last=is_last)
    words = words_of(token.value)
    if words:
        return Term(token.text, token.is_not, words, token.is_quoted)
    return Problem(token.text, f"“{token.text}” holds no letter or digit to look for.", is_last)


def _filter(token: Token, *, is_last: bool) -> Term | Problem:
    kind = FILTERS.get(token.name)
    if kind is None:
        return Problem(token.text, f"There is no filter called “{token.name}”. For the words themselves use quotes.")
    if not token.value.strip():
        return Problem(token.text, f"“{token.name}:” needs a value right behind the colon.", is_last)
    try:
        value = kind.read(token.value)
    except Wrong as wrong:
        return Problem(token.text, f"{token.name}: “{token.value}” {wrong}.")
    return Term(token.text, token.is_not, filter=kind.name, value=value)


def _too_many(token: Token) -> Problem:
    return Problem(token.text, f"Only the first {MOST_PARTS} words and filters are used.")
