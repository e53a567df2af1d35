"""The text format of AUTOMATIC1111's web UI, which many programs speak: prompt, negative prompt, one line of pairs."""

import json
import re
from dataclasses import dataclass, field

NEGATIVE = "Negative prompt:"
FEWEST_PAIRS = 3
TEXT_LIMIT = 300_000
LINE_LIMIT = 100_000
MOST_PAIRS = 200
# Bounded, so that a hostile line costs no more than its length.
KEY = re.compile(r"(?<![\w/-])(\w[\w \-/]{1,60}):[ \t]*")
QUOTED = re.compile(r'"((?:\\.|[^\\"])*)"')
LORA = re.compile(r"<(?:lora|lyco|lycoris):([^:<>]{1,200})(?::([^:<>]{0,20}))?[^<>]{0,200}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Infotext:
    """The three parts; values are texts as written, unquoted."""

    prompt: str = ""
    negative_prompt: str = ""
    pairs: dict[str, str] = field(default_factory=dict)


def read_infotext(text: str) -> Infotext:
    """Return the parts of a text; without a line of at least three pairs all of it is prompt."""
    lines = text[:TEXT_LIMIT].strip().replace("\r\n", "\n").split("\n")
    at, pairs = _parameter_line(lines)
    words = lines[:at]
    turn = next((n for n, line in enumerate(words) if line.strip().startswith(NEGATIVE)), len(words))
    negative = "\n".join(words[turn:]).strip().removeprefix(NEGATIVE)
    return Infotext("\n".join(words[:turn]).strip(), negative.strip(), pairs)


def loras_in(prompt: str) -> list[tuple[str, str]]:
    """Return name and weight of each ``<lora:name:weight>``."""
    return [(name, weight or "1") for name, weight in LORA.findall(prompt)]


def _parameter_line(lines: list[str]) -> tuple[int, dict[str, str]]:
    """Return where the pairs stand: on the last line, or on one that begins with the steps if notes follow it."""
    last = len(lines) - 1
    for at in range(last, max(last - 40, -1), -1):
        if at == last or lines[at].startswith("Steps: "):
            pairs = read_pairs(lines[at])
            if len(pairs) >= FEWEST_PAIRS:
                return at, pairs
    return len(lines), {}


def read_pairs(line: str) -> dict[str, str]:
    """Return the pairs of a line: ``Key: value`` with commas between them."""
    line = line[:LINE_LIMIT]
    pairs: dict[str, str] = {}
    found = KEY.search(line)
    while found and len(pairs) < MOST_PAIRS:
        value, end = _value(line, found.end())
        pairs.setdefault(found[1].strip(), value)
        found = KEY.search(line, end)
    return pairs


def _value(line: str, at: int) -> tuple[str, int]:
    """Return a value and where it ends: quoted, JSON, or up to the next comma."""
    if line.startswith('"', at) and (quoted := QUOTED.match(line, at)):
        return _unquoted(quoted[0]), quoted.end()
    if line.startswith(("{", "["), at) and (end := _json_end(line, at)):
        return line[at:end], end
    comma = line.find(",", at)
    end = len(line) if comma < 0 else comma
    return line[at:end].strip(), end


def _unquoted(quoted: str) -> str:
    try:
        return str(json.loads(quoted))
    except ValueError:
        return quoted[1:-1]


def _json_end(line: str, at: int) -> int:
    """Return where the JSON value ends that begins here, or 0 when it is none."""
    try:
        return json.JSONDecoder().raw_decode(line, at)[1]
    except (ValueError, RecursionError):
        return 0
