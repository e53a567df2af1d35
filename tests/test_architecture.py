"""The house keeps its shape: who imports whom, and what stands in one place only."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from gallery_project.schedules import EVERY_MINUTES
from lib import queue

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = {"InvokeAI", "EventStream", "RunPod"}
# Each may import itself, lib, and what stands here.
MAY_IMPORT: dict[str, set[str]] = {
    "clients": set(),
    "lib": set(),
    "demo": set(),
    "settings_app": {"clients"},
    "models_catalog": {"settings_app", "clients"},
    "photos": {"settings_app"},
    "albums": {"photos"},
    "generation": {"albums", "photos", "models_catalog", "settings_app", "clients"},
    "sharing": {"generation", "albums", "photos", "settings_app"},
}
OURS = {*MAY_IMPORT, "gallery_project"}
WITHOUT_LIB = {"clients", "demo"}
SAYS_NOTHING = re.compile(r"(^|_)(utils?|helpers?|services?|misc|common|managers?|handlers?)$")


@dataclass(frozen=True)
class Source:
    """One Python file of ours."""

    path: Path

    @property
    def package(self) -> str:
        return self.path.relative_to(ROOT).parts[0]

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(), str(self.path))

    def imports(self) -> Iterator[str]:
        """Yield the dotted name of everything imported, with the name taken out of a module at the end."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            if isinstance(node, ast.ImportFrom):
                module = node.module if not node.level else self.package
                yield from (f"{module}.{alias.name}" for alias in node.names)

    def calls(self) -> Iterator[ast.Call]:
        """Yield every call."""
        yield from (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))


def sources(*packages: str) -> list[Source]:
    """Return the files of the packages, without tests."""
    files = [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]
    return [Source(path) for path in files if "tests" not in path.parts and path.name != "conftest.py"]


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_imports_go_one_way(package: str) -> None:
    """Nothing points back, and nobody imports the project's wiring."""
    allowed = {package, *MAY_IMPORT[package]} | (set() if package in WITHOUT_LIB else {"lib"})
    wrong = [
        f"{source} imports {name}"
        for source in sources(package)
        for name in source.imports()
        if name.partition(".")[0] in OURS - allowed
    ]

    assert sources(package)
    assert wrong == []


def test_clients_know_nothing_of_django() -> None:
    """They could be taken to another project as they are."""
    wrong = [f"{source}: {name}" for source in sources("clients", "demo") for name in source.imports()]

    assert [line for line in wrong if line.partition(": ")[2].startswith("django")] == []


def test_one_module_talks_to_the_queue() -> None:
    """So the queue can be exchanged in one file."""
    users = {str(source) for source in sources(*OURS) for name in source.imports() if name.startswith("django_q")}

    assert users == {"lib/queue.py"}


def test_one_module_builds_clients() -> None:
    """So addresses, tokens and timeouts are decided in one place."""
    builders = {
        str(source)
        for source in sources(*(OURS - {"clients"}))
        for call in source.calls()
        if isinstance(call.func, ast.Name) and call.func.id in CLIENTS
    }

    assert builders == {"settings_app/connections.py"}


def test_apps_do_not_speak_through_signals() -> None:
    """What happens after what is read where it happens."""
    signals = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.test.signals")
    users = [str(source) for source in sources(*OURS) for name in source.imports() if name.startswith(signals)]

    assert users == []


def test_every_name_says_something() -> None:
    """A module is called by what it does."""
    vague = [str(source) for source in sources(*OURS, "scripts") if SAYS_NOTHING.search(source.path.stem)]

    assert vague == []


def test_every_queued_task_can_be_found_by_a_worker() -> None:
    """A task is enqueued as an attribute of its app's ``tasks`` module, and is there."""
    asked = [
        (source.package, call.args[0].attr)
        for source in sources(*OURS)
        for call in source.calls()
        if isinstance(call.func, ast.Name) and call.func.id == "enqueue" and isinstance(call.args[0], ast.Attribute)
    ]

    assert asked
    for package, name in asked:
        assert callable(getattr(import_module(f"{package}.tasks"), name))


@pytest.mark.parametrize("name", sorted(EVERY_MINUTES))
def test_every_schedule_names_a_task_that_resolves(name: str) -> None:
    """A worker imports it by its dotted name."""
    _, task = EVERY_MINUTES[name]

    assert import_string(queue.dotted_name(task)) is task
