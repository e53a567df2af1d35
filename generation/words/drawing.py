"""Turn a tree of words into plain words. The same seed always gives the same words."""

import random
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from generation.words.parsing import Choice, FromList, Option, Parts, Variable, WordsError, parse, split_weight

LONGEST = 20_000
MOST_PARTS = 20_000
MOST_LISTS_DEEP = 10
TOO_LONG = f"What comes of it is longer than {LONGEST:,} characters."
TOO_MUCH = "What comes of it grows without end. Look for lists that name each other several times."
IN_A_CIRCLE = "The list “{name}” leads back to itself."
LISTS_TOO_DEEP = f"Lists lead to lists more than {MOST_LISTS_DEEP} deep."


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of words that are known, by their names in small letters."""

    texts: Mapping[str, str] = field(default_factory=dict)
    _lines: dict[str, tuple[list[str], list[float]]] = field(default_factory=dict)

    def lines(self, name: str) -> tuple[list[str], list[float]]:
        """Return the lines of a list, and their weights; of an unknown one nothing."""
        folded = name.casefold()
        if folded not in self._lines:
            split = [split_weight(line) for line in lines_of(self.texts.get(folded, ""))]
            self._lines[folded] = [words for _, words in split], [weight for weight, _ in split]
        return self._lines[folded]


def lines_of(text: str) -> list[str]:
    """Return what a list offers: a line each, without empty ones and those that begin with ``#``."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


class Draw:
    """The words of one picture.

    Args:
        seed: with the same seed the same is drawn.
        lists: the lists that are known.
        values: what variables stand for, by name. A value is drawn once, however often it is used.
    """

    def __init__(self, seed: str, lists: Lists, values: Mapping[str, Parts] | None = None) -> None:
        self._seed = seed
        self._lists = lists
        self.values = dict(values or {})
        self._drawn: dict[str, str] = {}
        self._left = MOST_PARTS

    def words(self, parts: Parts, *, about: str) -> str:
        """Return plain words.

        Args:
            parts: the tree.
            about: what they are for; what is drawn for one thing does not depend on another.

        Raises:
            WordsError: a variable has no value, or it grows too large.
        """
        return self._text(parts, random.Random(f"{self._seed}/{about}"), ())

    def _text(self, parts: Parts, chance: random.Random, inside: tuple[str, ...]) -> str:
        found, length = [], 0
        for part in parts:
            words = self._part(part, chance, inside)
            length += len(words)
            if length > LONGEST:
                raise WordsError(TOO_LONG)
            found.append(words)
        return "".join(found)

    def _part(self, part: object, chance: random.Random, inside: tuple[str, ...]) -> str:
        self._left -= 1
        if self._left < 0:
            raise WordsError(TOO_MUCH)
        if isinstance(part, Choice):
            option: Option = part.options[pick([option.weight for option in part.options], chance)]
            return self._text(option.parts, chance, inside)
        if isinstance(part, FromList):
            return self._line(part.name, chance, inside)
        return self._value(part) if isinstance(part, Variable) else str(part)

    def _line(self, name: str, chance: random.Random, inside: tuple[str, ...]) -> str:
        lines, weights = self._lists.lines(name)
        if not lines:
            return f"__{name}__"
        if name.casefold() in inside:
            raise WordsError(IN_A_CIRCLE.format(name=name))
        if len(inside) >= MOST_LISTS_DEEP:
            raise WordsError(LISTS_TOO_DEEP)
        return self._text(parse(lines[pick(weights, chance)]), chance, (*inside, name.casefold()))

    def _value(self, variable: Variable) -> str:
        name = variable.name
        if name not in self.values:
            raise WordsError(f"Fill in “{name}”.")
        if name not in self._drawn:
            self._drawn[name] = self.words(self.values[name], about=f"value/{name}")
        return self._drawn[name]


def pick(weights: list[float], chance: random.Random) -> int:
    """Return a place, each as likely as its weight; where all weigh nothing, all are alike."""
    sums = list(accumulate(weights))
    if not sums[-1]:
        return int(chance.random() * len(weights))
    return min(bisect_right(sums, chance.random() * sums[-1]), len(sums) - 1)
