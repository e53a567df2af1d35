"""The owner's lists of words: those that some words need, and keeping one."""

from collections.abc import Iterable

from generation.models import WordList
from generation.words.drawing import MOST_LISTS_DEEP, Lists, lines_of
from generation.words.parsing import LIST, WordsError, lists_in, parse

LONGEST_LIST = 200_000


def known(names: Iterable[str]) -> Lists:
    """Return these lists and all they lead to, in one query for each step on the way.

    Args:
        names: in any spelling; one that no list has is left out.
    """
    texts: dict[str, str] = {}
    wanted = {name.casefold() for name in names}
    for _ in range(MOST_LISTS_DEEP + 1):
        if not wanted:
            break
        new = dict(WordList.objects.filter(name__in=wanted).values_list("name", "entries"))
        texts |= new
        wanted = set[str]().union(*map(_leads_to, new.values())) - texts.keys()
    return Lists(texts)


def list_name(text: str) -> str:
    """Return a name as lists have it, in small letters; empty when none could be called so between ``__``."""
    name = text.strip().casefold()
    found = LIST.fullmatch(f"__{name}__")
    return name if found and "__" not in name else ""


def _leads_to(text: str) -> set[str]:
    if "__" not in text:
        return set()
    return set[str]().union(*map(_lists_in_line, lines_of(text)))


def _lists_in_line(line: str) -> set[str]:
    try:
        return lists_in(parse(line))
    except WordsError:  # told when the line is drawn
        return set()
