"""Taking in a file of templates: first what would happen, then it happens."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import transaction

from generation.models import PromptTemplate, WordList
from generation.words.style_files import Row, StyleFile
from generation.words.templates import free_name

NEW, SAME, FAULTY = "new", "same", "faulty"


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one row.

    Attributes:
        row: with the name it gets.
        fate: ``new``, ``same`` (it is there already, and is skipped) or ``faulty`` (it cannot be taken).
        note: a sentence about it.
    """

    row: Row
    fate: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would bring.

    Attributes:
        lists: those that are new.
        known_lists: names that are taken; what is there stays as it is.
    """

    lines: list[Line]
    lists: dict[str, str]
    known_lists: list[str]

    @property
    def new(self) -> list[Line]:
        """The templates that are added."""
        return [line for line in self.lines if line.fate == NEW]

    @property
    def skipped(self) -> int:
        """How many are there already."""
        return sum(line.fate == SAME for line in self.lines)

    @property
    def faulty(self) -> int:
        """How many cannot be taken."""
        return sum(line.fate == FAULTY for line in self.lines)

    @property
    def brings_something(self) -> bool:
        """Whether anything is added."""
        return bool(self.new or self.lists)


def plan(file: StyleFile) -> Plan:
    """Return what would become of each row, in three queries."""
    known = {_key(*texts) for texts in PromptTemplate.objects.values_list("name", "prompt_text", "negative_prompt")}
    taken = {name for name, _, _ in known}
    names = set(WordList.objects.values_list("name", flat=True))
    lists = {name: text for name, text in file.lists.items() if name not in names}
    return Plan(list(_lines(file.rows, known, taken)), lists, sorted(file.lists.keys() & names))


def take_in(file: StyleFile) -> Plan:
    """Add what is new, all or nothing; doing it twice adds nothing more."""
    with transaction.atomic():
        found = plan(file)
        PromptTemplate.objects.bulk_create([_template(line.row) for line in found.new])
        WordList.objects.bulk_create([WordList(name=name, entries=text) for name, text in found.lists.items()])
    return found


def _lines(rows: list[Row], known: set[tuple[str, str, str]], taken: set[str]) -> Iterator[Line]:
    for row in rows:
        if row.fault:
            yield Line(row, FAULTY, row.fault)
        elif _is_known(row, known, taken):
            yield Line(row, SAME, "It is there already.")
        else:
            name = free_name(row.name, taken)
            known.add(_key(name, row.prompt, row.negative_prompt))
            taken.add(name.casefold())
            note = f"It is called “{name}”, for there is another of its name." if name != row.name else ""
            yield Line(replace(row, name=name), NEW, note)


def _is_known(row: Row, known: set[tuple[str, str, str]], taken: set[str]) -> bool:
    """Whether it is there, under its own name or under the one an earlier import gave it."""
    number, name = 2, row.name
    while name.casefold() in taken:
        if _key(name, row.prompt, row.negative_prompt) in known:
            return True
        number, name = number + 1, f"{row.name} {number}"
    return False


def _key(name: str, prompt: str, negative_prompt: str | None) -> tuple[str, str, str]:
    return name.casefold(), prompt.strip(), (negative_prompt or "").strip()


def _template(row: Row) -> PromptTemplate:
    return PromptTemplate(
        name=row.name,
        prompt_text=row.prompt,
        negative_prompt=row.negative_prompt or None,
        description=row.description or None,
        category=row.category or None,
        is_favorite=row.is_favorite,
    )
