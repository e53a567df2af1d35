"""The README's table of variables says the truth."""

import ast
import re
from pathlib import Path

from gallery_project.schedules import EVERY_MINUTES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
ROW = re.compile(r"^\| `([A-Z_]+)`(?: or `([A-Z_]+)`)? \|", re.MULTILINE)
# Known to every Python or Django program.
COMMON = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "PYTHONUNBUFFERED", "TZ"}


def documented() -> set[str]:
    """Return the names in the first column."""
    return {name for row in ROW.findall(README) for name in row if name}


def read_by_the_code() -> set[str]:
    """Return every name that a Python file reads from the environment."""
    folders = [
        "gallery_project",
        "lib",
        "settings_app",
        "photos",
        "generation",
        "scripts",
        "tests",
        "demo",
        "benchmarks",
    ]
    # What runs in a rented container reads what the gallery gave it, which nobody sets.
    others = ("gallery_project/tests", "pods/inside")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    files = [path for path in found if not any(other in str(path) for other in others)]
    return {name for path in [*files, ROOT / "conftest.py"] for name in names_in(ast.parse(path.read_text()))} - COMMON


def names_in(tree: ast.AST) -> set[str]:
    """Return the names that the calls ``env_*(NAME)`` and ``os.environ.get(NAME)`` read."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called, name = ast.unparse(node.func), str(node.args[0].value)
            if re.fullmatch(r"env_\w+", called) or called in {"os.environ.get", "os.getenv", "environ.get"}:
                names |= {name, f"{name}_FILE"} if called == "env_secret" else {name}
    return names


def test_every_variable_is_in_the_table() -> None:
    """Nobody has to read the code to find a setting."""
    assert read_by_the_code() - documented() == set()


def test_the_table_names_nothing_else() -> None:
    """A variable that went away leaves the table."""
    assert documented() - read_by_the_code() == set()


def test_every_command_of_the_readme_exists() -> None:
    """What follows ``make`` is a target."""
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    mentioned = set(re.findall(r"(?:`|^)make ([a-z0-9-]+)", README, re.MULTILINE))

    assert {"run", "test", "demo", "check"} <= mentioned
    assert mentioned <= targets


def test_every_schedule_is_in_its_table() -> None:
    """The owner knows what happens by itself, and how often."""
    rows = re.findall(r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \| every", README, re.MULTILINE)

    assert sorted(name for row in rows for name in re.findall(r"`([a-z-]+)`", row)) == sorted(EVERY_MINUTES)


def test_every_link_inside_the_project_leads_somewhere() -> None:
    """Pictures and documents."""
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", README)

    assert [link for link in links if not (ROOT / link).exists()] == []
