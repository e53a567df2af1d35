"""The places in a list that an address may name."""

import pytest

from lib.paging import Key

PK = "0" * 32


def test_a_key_is_read_as_it_was_written() -> None:
    """Also when an address has turned its plus into a space."""
    key = Key.parse(f"2026-11-01T12:00:00+00:00_{PK}")

    assert key
    assert key == Key.parse(str(key)) == Key.parse(str(key).replace("+", " "))


@pytest.mark.parametrize(
    "moment",
    ["", "yesterday", "2026-11-01T12:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"],
)
def test_nonsense_is_no_place(moment: str) -> None:
    """Nor is a moment without a zone, or one that some zone cannot tell: the first page is shown."""
    assert Key.parse(f"{moment}_{PK}") is None
