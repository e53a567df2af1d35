"""What stands in the way is said with what to do next."""

import pytest

from generation.asking.readiness import obstacle


def test_nothing_in_the_way_says_nothing() -> None:
    """The form is simply there."""
    assert obstacle(server_fault="", models=2, is_paused=False) is None


@pytest.mark.parametrize(
    ("fault", "models", "paused", "code", "blocks"),
    [
        ("Nothing answers.", 0, False, "no_server", True),
        ("Nothing answers.", 3, False, "no_server", False),
        ("", 0, False, "no_models", True),
        ("", 3, True, "paused", False),
    ],
)
def test_only_what_cannot_wait_blocks(fault: str, models: int, paused: bool, code: str, blocks: bool) -> None:
    """With a known model a step may be started: it waits for the server, or for the queue."""
    found = obstacle(server_fault=fault, models=models, is_paused=paused)

    assert found
    assert (found.code, found.is_blocking) == (code, blocks)
