"""What would come of some words: shown beside the form, before anything is sent."""

from dataclasses import dataclass, field

from generation.words import lists
from generation.words.filling import Wording, words_of_each
from generation.words.parsing import Parts, WordsError, loose_braces

SHOWN = 4
UNKNOWN_LIST = "There is no list “{name}”, so __{name}__ stays as it is."
LOOSE = "A brace has no partner, so it stays as it is. Write \\{ or \\} if you mean the sign."


@dataclass(frozen=True, slots=True)
class Field:
    """A variable to fill in."""

    name: str
    value: str
    default: str
    is_needed: bool

    @property
    def label(self) -> str:
        """Its name as people write it."""
        return self.name.replace("_", " ").replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Preview:
    """The words of the first pictures.

    Attributes:
        words: prompt and negative prompt of each; one when all are alike.
        more: how many pictures are not shown.
        fault: why there are no words, as a sentence.
        notes: sentences about what may not be meant.
    """

    words: list[tuple[str, str]] = field(default_factory=list)
    more: int = 0
    fault: str = ""
    notes: list[str] = field(default_factory=list)
    has_chance: bool = False


def preview(wording: Wording, count: int, *, shown: int = SHOWN) -> Preview:
    """Return what ``count`` pictures would be made of; ``shown`` of them are listed."""
    try:
        trees = wording.trees()
        known = lists.known(trees.lists)
        words = words_of_each(wording, count, known)
    except WordsError as fault:
        return Preview(fault=str(fault))
    alike = words[:1] if len(set(words)) == 1 else words[:shown]
    notes = [UNKNOWN_LIST.format(name=name) for name in sorted(trees.lists - known.texts.keys())]
    more = len(words) - len(alike) if len(alike) > 1 else 0
    return Preview(alike, more, notes=notes + _loose(wording), has_chance=trees.has_chance)


def fields_of(wording: Wording) -> list[Field]:
    """Return the variables a template asks for, in the order it names them."""
    try:
        trees = wording.trees()
    except WordsError:
        return []
    return [
        Field(name, wording.values.get(name, ""), _shown(default), default is None)
        for name, default in trees.variables.items()
    ]


def _shown(default: Parts | None) -> str:
    """Return a default in short."""
    return "".join(part if isinstance(part, str) else "…" for part in default or ())


def _loose(wording: Wording) -> list[str]:
    template = wording.template
    texts = [template.prompt, template.negative_prompt] if template else []
    return [LOOSE] if any(map(loose_braces, texts)) else []
