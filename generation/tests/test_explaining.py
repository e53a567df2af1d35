"""Errors of the server in the owner's words."""

import pytest

from generation.running import explaining


@pytest.mark.parametrize(
    ("kind", "message", "advice"),
    [
        ("OutOfMemoryError", "CUDA out of memory. Tried to allocate 2 GiB", "Choose a smaller size"),
        ("RuntimeError", "[enforce fail] DefaultCPUAllocator: not enough memory", "Choose a smaller size"),
        ("Exception", "Unknown model 118ed407", "choose another"),
        ("TypeError", "argument of type 'NoneType' is not iterable", "The model does not fit"),
        ("ImageFileSaveException", "", "its disk may be full"),
        ("KeyError", "'x'", "look into InvokeAI’s log"),
        (None, None, "look into InvokeAI’s log"),
    ],
)
def test_each_kind_of_failure_has_its_advice(kind: str | None, message: str | None, advice: str) -> None:
    """What to do comes first, the server's own words after it."""
    assert advice in explaining.explain(kind, message)


def test_only_the_first_line_is_kept() -> None:
    """The rest is the server's inner life."""
    assert explaining.explain("Oops", "one\n/secret/path") == f"{explaining.UNKNOWN} It said: Oops: one"


def test_a_long_line_is_cut() -> None:
    """Some messages hold whole lists."""
    assert len(explaining.explain("Oops", "x" * 10_000)) < 400
