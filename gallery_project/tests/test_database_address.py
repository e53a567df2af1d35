"""What ``DATABASE_URL`` may be."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from gallery_project.settings import database


@pytest.mark.parametrize("url", ["mysql://u:hidden@host/x", "hidden", "postgres://u:hidden@host:port/x"])
def test_what_is_no_address_is_refused_without_repeating_it(url: str) -> None:
    """It may hold a password."""
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refusal:
        database(url)

    assert "hidden" not in str(refusal.value)


def test_sqlite_is_made_safe_for_several_processes() -> None:
    """A read that turns into a write would fail at once otherwise."""
    options = database("sqlite:////tmp/with%20space.sqlite3")["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_postgres_keeps_its_own_options() -> None:
    """An unreachable server is given up after five seconds."""
    parsed = database("postgres://u:p@host/gallery?sslmode=require")

    assert parsed["OPTIONS"] == {
        "connect_timeout": 5,
        "options": "-c max_parallel_workers_per_gather=0",
        "sslmode": "require",
    }
