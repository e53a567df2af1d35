"""Files of templates, as this gallery, InvokeAI and AUTOMATIC1111's web UI write them.

* JSON of our own: ``{"templates": [{"name": …, "prompt_text": …}], "lists": [{"name": …, "entries": …}]}``.
* JSON of InvokeAI's styles: a list of objects with ``name``, ``prompt`` or ``positive_prompt``, ``negative_prompt``. As
  they come out of its interface, the two prompts may stand in ``preset_data``.
* A text file is a list of words, called by the file's name.
* CSV of both: the columns ``name``, ``prompt`` (InvokeAI also reads ``positive_prompt``, old files of the web UI have
  ``text``) and ``negative_prompt``. The web UI writes a byte order mark, and refuses nothing.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generation.models import PromptTemplate, WordList
from generation.words.drawing import LONGEST, lines_of
from generation.words.lists import LONGEST_LIST, list_name

MOST_ROWS = 5_000
LARGEST_FILE = 5 * 1024 * 1024
LONGEST_NAME = 200
PROMPTS = ("prompt_text", "prompt", "positive_prompt", "text")
TYPES = {"json": "application/json", "csv": "text/csv"}

NOT_TEXT = "This file is not text. Choose a CSV or a JSON file of templates."
TOO_LARGE = f"This file is larger than {LARGEST_FILE // 2**20} MB."
TOO_MANY = f"This file has more than {MOST_ROWS:,} rows. Divide it."
BAD_JSON = "This file begins like JSON, but line {line} cannot be read."
NO_COLUMNS = "This file has no column “name” and no column “prompt”. The first line has to name them."
NOTHING = "There are no templates in this file."


class UnreadableFile(ValueError):
    """A file that holds no templates; the text is a sentence for the owner."""


@dataclass(frozen=True, slots=True)
class Row:
    """One template of a file.

    Attributes:
        number: its place in the file, from 1.
        fault: why it cannot be taken, as a sentence.
    """

    number: int
    name: str = ""
    prompt: str = ""
    negative_prompt: str = ""
    description: str = ""
    category: str = ""
    is_favorite: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class StyleFile:
    """What a file holds."""

    rows: list[Row]
    lists: dict[str, str] = field(default_factory=dict)


def read(content: bytes) -> StyleFile:
    """Return what is in a file; what kind it is is seen by how it begins.

    Raises:
        UnreadableFile: there are no templates in it.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableFile(TOO_LARGE)
    text = _text(content)
    found = _read_json(text) if text.lstrip()[:1] in {"[", "{"} else StyleFile(_read_csv(text))
    if len(found.rows) > MOST_ROWS:
        raise UnreadableFile(TOO_MANY)
    if not (found.rows or found.lists):
        raise UnreadableFile(NOTHING)
    return found


def read_list(content: bytes, file_name: str) -> StyleFile:
    """Return a text file of words as the list its name says, as other programs keep their wildcards.

    Raises:
        UnreadableFile: it is too large, or its name could not stand in a prompt.
    """
    if len(content) > LONGEST_LIST:
        raise UnreadableFile(f"A list may have {LONGEST_LIST:,} characters.")
    name = list_name("-".join(file_name.rpartition(".")[0].split()))
    if not name:
        raise UnreadableFile("A list is called by its file, which needs a name of letters, digits and single - _ .")
    if not lines_of(text := _text(content)):
        raise UnreadableFile("There are no words in this file.")
    return StyleFile([], {name: text})


def write_json(templates: Iterable[PromptTemplate], lists: Iterable[WordList]) -> str:
    """Return our own JSON, which holds everything."""
    names = ("name", "description", "prompt_text", "negative_prompt", "category", "is_favorite")
    found = {
        "templates": [{name: getattr(template, name) for name in names} for template in templates],
        "lists": [{"name": words.name, "entries": words.entries} for words in lists],
    }
    return json.dumps(found, ensure_ascii=False, indent=1)


def write_csv(templates: Iterable[PromptTemplate]) -> str:
    """Return the columns that InvokeAI and the web UI read."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["name", "prompt", "negative_prompt"])
    writer.writerows([one.name, one.prompt_text, one.negative_prompt or ""] for one in templates)
    return file.getvalue()


def _text(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # what spreadsheets write on Windows
    if "\0" in text:
        raise UnreadableFile(NOT_TEXT)
    return text


def _read_json(text: str) -> StyleFile:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as fault:
        raise UnreadableFile(BAD_JSON.format(line=fault.lineno)) from fault
    except (RecursionError, ValueError) as fault:
        raise UnreadableFile(NOTHING) from fault
    rows, lists = (found.get("templates"), found.get("lists")) if isinstance(found, dict) else (found, None)
    if not isinstance(rows, list):
        raise UnreadableFile(NOTHING)
    return StyleFile([_row(number, row) for number, row in enumerate(rows, start=1)], _lists(lists))


def _lists(found: object) -> dict[str, str]:
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    texts = {list_name(_words(row, "name")): _words(row, "entries") for row in rows[:MOST_ROWS]}
    return {name: text for name, text in texts.items() if name and len(text) <= LONGEST_LIST}


def _read_csv(text: str) -> list[Row]:
    limit = csv.field_size_limit(LARGEST_FILE)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), skipinitialspace=True, strict=False)
        columns = {(name or "").strip().casefold() for name in reader.fieldnames or ()}
        if "name" not in columns or not columns & set(PROMPTS):
            raise UnreadableFile(NO_COLUMNS)
        return [_row(number, _by_column(row)) for number, row in enumerate(reader, start=1)]
    except csv.Error as fault:
        raise UnreadableFile(f"This file cannot be read as CSV: {fault}.") from fault
    finally:
        csv.field_size_limit(limit)


def _by_column(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name or "").strip().casefold(): value for name, value in row.items()}


def _row(number: int, source: object) -> Row:
    if not isinstance(source, dict):
        return Row(number, fault="This is not a template.")
    preset = source.get("preset_data")
    values = {**source, **preset} if isinstance(preset, dict) else source
    row = Row(
        number,
        name=" ".join(_words(values, "name").split()),
        prompt=next(filter(None, (_words(values, name) for name in PROMPTS)), ""),
        negative_prompt=_words(values, "negative_prompt"),
        description=_words(values, "description"),
        category=" ".join(_words(values, "category").split()),
        is_favorite=values.get("is_favorite") is True,
    )
    return Row(number, name=row.name, fault=fault) if (fault := _fault(row)) else row


def _fault(row: Row) -> str:
    if not row.name:
        return "It has no name."
    if len(row.name) > LONGEST_NAME or len(row.category) > LONGEST_NAME:
        return f"Its name or category is longer than {LONGEST_NAME} characters."
    if not (row.prompt or row.negative_prompt):
        return "It has neither a prompt nor a negative prompt."
    if max(map(len, (row.prompt, row.negative_prompt, row.description))) > LONGEST:
        return f"One of its texts is longer than {LONGEST:,} characters."
    return ""


def _words(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value.replace("\0", "").strip() if isinstance(value, str) else ""
