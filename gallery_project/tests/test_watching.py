"""Noticing workers that hang."""

from collections.abc import Callable

import pytest

from gallery_project.launching import watching
from gallery_project.launching.watching import BETWEEN_LOOKS, PATIENCE, Watch


class RecordingSupervisor:
    """Counts what it is asked to restart."""

    def __init__(self) -> None:
        self.restarted: list[str] = []
        self.up_since = 0.0
        self.time = 0.0

    def restart(self, name: str) -> None:
        self.restarted.append(name)
        self.up_since = self.time

    def uptime(self, name: str) -> float:
        return self.time - self.up_since


def watch_of(supervisor: RecordingSupervisor, sign: Callable[[], object]) -> Watch:
    return Watch(supervisor, "tasks", sign, clock=lambda: supervisor.time)  # type: ignore[arg-type]


@pytest.fixture
def supervisor(monkeypatch: pytest.MonkeyPatch) -> RecordingSupervisor:
    recording = RecordingSupervisor()
    monkeypatch.setattr(watching, "close_old_connections", lambda: None)
    return recording


def pass_time(supervisor: RecordingSupervisor, watch: Watch, seconds: float) -> None:
    end = supervisor.time + seconds
    while supervisor.time < end:
        supervisor.time += BETWEEN_LOOKS
        watch.look()


def test_silent_workers_are_started_again(supervisor: RecordingSupervisor) -> None:
    """No sign for longer than the patience."""
    watch = watch_of(supervisor, lambda: "always the same")
    pass_time(supervisor, watch, PATIENCE + 3 * BETWEEN_LOOKS)

    assert supervisor.restarted == ["tasks"]


def test_new_workers_get_the_whole_patience(supervisor: RecordingSupervisor) -> None:
    """Otherwise the old silence would restart them again and again."""
    watch = watch_of(supervisor, lambda: None)
    pass_time(supervisor, watch, 2 * PATIENCE)

    assert supervisor.restarted == ["tasks"]


def test_busy_workers_are_left_alone(supervisor: RecordingSupervisor) -> None:
    """Any change is a sign of life."""
    watch = watch_of(supervisor, lambda: supervisor.time // 60)
    pass_time(supervisor, watch, 3 * PATIENCE)

    assert supervisor.restarted == []


def test_a_hanging_follower_is_started_again_by_its_own_name(supervisor: RecordingSupervisor) -> None:
    """Each watch restarts only what it watches."""
    watch = Watch(supervisor, "follow", lambda: None, clock=lambda: supervisor.time)  # type: ignore[arg-type]
    pass_time(supervisor, watch, PATIENCE + 3 * BETWEEN_LOOKS)

    assert supervisor.restarted == ["follow"]
