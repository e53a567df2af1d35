"""The page of promises names tests; they must be there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
NAMED = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs" / "promises.md").read_text())


def test_every_test_a_promise_names_is_there():
    """A renamed test takes its line on the page along."""
    missing = [f"{file}::{name}" for file, name in NAMED if not _has(ROOT / file, name)]

    assert NAMED
    assert missing == []


def _has(file: Path, name: str) -> bool:
    return file.exists() and (not name or f"def {name}(" in file.read_text())
