r"""Read words into a tree.

* ``{red|green|3::blue}`` is a choice; ``3::`` makes an option three times as likely. Spaces in it count.
* ``__colour__`` is a line of the list of that name. A name no list has stays as it is written.
* ``{subject}`` and ``{subject=a cat}`` are variables, in templates only; ``{prompt}`` is what was asked for. What
  stands between braces is a variable when it is a single word, and a choice as soon as a bar is in it.
* ``\{``, ``\}``, ``\|`` and ``\__`` are the signs themselves. Any other backslash is one.

Everything else is text: also braces that have no partner, and braces around several words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

DEEPEST = 10
TOO_DEEP = f"Braces stand in braces more than {DEEPEST} deep. Put some of it into a list."

# No place within a run of backslashes is tried: a long one would cost its length squared.
SIGN = re.compile(r"(?<!\\)(\\*)(\{|\}|\||__)")
LIST = re.compile(r"__([^\W_](?:[\w/.-]{0,78}?[^\W_])?)__")
VARIABLE = re.compile(r"\s*([^\W\d_][\w-]{0,39})\s*(=)?")
WEIGHT = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)::")


class WordsError(ValueError):
    """Words that cannot be resolved; the text is a sentence for the owner."""


@dataclass(frozen=True, slots=True)
class FromList:
    """A line of a list. ``name`` is as it is written."""

    name: str


@dataclass(frozen=True, slots=True)
class Option:
    """One of several; ``weight`` says how likely it is beside the others."""

    weight: float
    parts: "Parts"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of its options."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """Something that is filled in; without a default it has to be."""

    name: str
    default: "Parts | None"


@dataclass(frozen=True, slots=True)
class Sign:
    """A brace or a bar that may mean something."""

    text: str


Part = str | FromList | Choice | Variable
Parts = tuple[Part, ...]
Token = str | FromList | Sign
OPEN, CLOSE, BAR = "{", "}", "|"


def parse(text: str, *, variables: bool = False) -> Parts:
    """Return the tree of ``text``; only templates have ``variables``.

    Raises:
        WordsError: it is nested too deep.
    """
    tokens = list(_tokens(text))
    return _Reader(tokens, _partners(tokens), has_variables=variables).parts(0, len(tokens))


def parse_option(text: str) -> Option:
    """Return one line of a list.

    Raises:
        WordsError: it is nested too deep.
    """
    weight, rest = split_weight(text)
    return Option(weight, parse(rest))


def split_weight(text: str) -> tuple[float, str]:
    """Return how likely an option is, and its words."""
    found = WEIGHT.match(text)
    return (float(found[1]), text[found.end() :]) if found else (1.0, text)


def escaped(text: str) -> str:
    """Return what has to be written so that exactly ``text`` comes of it."""
    return text if _is_plain(text) else SIGN.sub(r"\1\1\\\2", text)


def variables_in(parts: Parts) -> dict[str, Parts | None]:
    """Return the variables in the order they are met, each with its first default."""
    found: dict[str, Parts | None] = {}
    for part in _every(parts):
        if isinstance(part, Variable) and found.get(part.name) is None:
            found[part.name] = part.default
    return found


def lists_in(parts: Parts) -> set[str]:
    """Return the names of the lists a line may come from, in small letters."""
    return {part.name.casefold() for part in _every(parts) if isinstance(part, FromList)}


def has_chance(parts: Parts) -> bool:
    """Whether something is drawn."""
    return any(isinstance(part, Choice | FromList) for part in _every(parts))


def loose_braces(text: str) -> bool:
    """Whether a brace in it has no partner."""
    tokens = list(_tokens(text))
    braces = sum(token in (Sign(OPEN), Sign(CLOSE)) for token in tokens)
    return braces > 2 * len(_partners(tokens))


def _every(parts: Parts) -> Iterator[Part]:
    for part in parts:
        yield part
        if isinstance(part, Choice):
            for option in part.options:
                yield from _every(option.parts)
        if isinstance(part, Variable) and part.default is not None:
            yield from _every(part.default)


def _is_plain(text: str) -> bool:
    try:
        parts = parse(text)
    except WordsError:
        return False
    return all(isinstance(part, str) for part in parts) and "".join(map(str, parts)) == text


def _tokens(text: str) -> Iterator[Token]:
    """Yield texts, lists and signs. Before a sign, two backslashes stand for one, and an odd one takes its meaning."""
    at = 0
    while found := SIGN.search(text, at):
        backslashes, sign = found.groups()
        yield text[at : found.start()] + "\\" * (len(backslashes) // 2)
        at = found.end()
        if len(backslashes) % 2:
            yield sign
        elif sign != "__":
            yield Sign(sign)
        elif named := LIST.match(text, at - len(sign)):
            at = named.end()
            yield FromList(named[1])
        else:
            yield sign
    yield text[at:]


def _partners(tokens: list[Token]) -> dict[int, int]:
    """Return where each brace that is closed is closed."""
    partners: dict[int, int] = {}
    waiting: list[int] = []
    for place, token in enumerate(tokens):
        if token == Sign(OPEN):
            waiting.append(place)
        elif token == Sign(CLOSE) and waiting:
            partners[waiting.pop()] = place
    return partners


class _Reader:
    """Builds the tree of some tokens."""

    def __init__(self, tokens: list[Token], partners: dict[int, int], *, has_variables: bool) -> None:
        self.tokens = tokens
        self.partners = partners
        self.has_variables = has_variables

    def parts(self, start: int, end: int, depth: int = 0) -> Parts:
        """Return the tree of the tokens from ``start`` up to ``end``."""
        if depth > DEEPEST:
            raise WordsError(TOO_DEEP)
        found: list[Part] = []
        place = start
        while place < end:
            token = self.tokens[place]
            if place in self.partners:
                found += self._group(place + 1, self.partners[place], depth + 1)
                place = self.partners[place]
            else:
                found.append(token.text if isinstance(token, Sign) else token)
            place += 1
        return _joined(found)

    def _group(self, start: int, end: int, depth: int) -> Parts:
        bars = self._bars(start, end)
        if bars:
            edges = [start - 1, *bars, end]
            return (Choice(tuple(self._option(a + 1, b, depth) for a, b in pairwise(edges))),)
        inside = self.parts(start, end, depth)
        variable = _variable(inside) if self.has_variables else None
        return (variable,) if variable else (OPEN, *inside, CLOSE)

    def _option(self, start: int, end: int, depth: int) -> Option:
        parts = self.parts(start, end, depth)
        if not (parts and isinstance(parts[0], str)):
            return Option(1.0, parts)
        weight, rest = split_weight(parts[0])
        return Option(weight, (rest, *parts[1:]))

    def _bars(self, start: int, end: int) -> list[int]:
        """Return the bars that stand between these braces and in no others."""
        bars, place = [], start
        while place < end:
            if self.tokens[place] == Sign(BAR):
                bars.append(place)
            place = self.partners.get(place, place) + 1
        return bars


def _variable(inside: Parts) -> Variable | None:
    """Return the variable these words name: one word, and perhaps a default after an equals sign."""
    if not (inside and isinstance(inside[0], str)) or not (found := VARIABLE.match(inside[0])):
        return None
    rest = inside[0][found.end() :]
    if found[2]:
        return Variable(found[1].casefold(), _joined([rest.lstrip(), *inside[1:]]))
    return Variable(found[1].casefold(), None) if len(inside) == 1 and not rest.strip() else None


def _joined(parts: list[Part]) -> Parts:
    """Join texts that stand beside each other, and leave out empty ones."""
    found: list[Part] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)
