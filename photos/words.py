"""What the owner typed into the search box, taken apart."""

import re
from dataclasses import dataclass

MOST_TERMS = 12
TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
PARTS = re.compile(r"\w+")
SHORTEST_BEGINNING = 2


@dataclass(frozen=True, slots=True)
class Query:
    """All ``wanted`` terms must be there and none of the ``unwanted``; each term is one word or several in a row.

    ``beginning`` is the last word when it may still be typed: whatever begins with it will do.
    """

    wanted: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[tuple[str, ...], ...] = ()
    beginning: str = ""

    @property
    def asks_nothing(self) -> bool:
        """Whether there is no word to look for."""
        return not self.wanted and not self.beginning


def read_query(text: str) -> Query:
    """Return what ``text`` asks for: words, "words in a row", and -words that must not be there."""
    found = list(TERM.finditer(text.replace("\0", " ")))[:MOST_TERMS]
    terms = [(bool(term["minus"]), _parts(term["phrase"] or term["word"] or "")) for term in found]
    wanted = [parts for is_minus, parts in terms if parts and not is_minus]
    unwanted = tuple(parts for is_minus, parts in terms if parts and is_minus)
    if found and wanted and _may_go_on(found[-1], text):
        *wanted, last = wanted
        return Query((*wanted, *((part,) for part in last[:-1])), unwanted, last[-1])
    return Query(tuple(wanted), unwanted)


def _parts(text: str) -> tuple[str, ...]:
    """Return the words of a term. Letters and digits only, so no part of it means anything to a database."""
    return tuple(PARTS.findall(text.replace("_", " ")))


def _may_go_on(last: re.Match[str], text: str) -> bool:
    """Tell whether the last term is a plain word that the owner may still be typing."""
    parts = _parts(last["word"] or "")
    if last["minus"] or not parts:
        return False
    return text[-1:].isalnum() and len(parts[-1]) >= SHORTEST_BEGINNING
