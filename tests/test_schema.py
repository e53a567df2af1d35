"""The tables the migrations make are those of the schema.

The differences allowed, and no others:

* a nullable column with a default may be NOT NULL (queries and partial indexes get simpler);
* ``album_photos`` and ``step_alternatives`` have a key of their own and a unique constraint where the schema has a
  composite key, so that the admin can edit them;
* what happens on deletion is Django's ``on_delete``, so foreign keys carry no ON DELETE in the database;
* columns, checks and indexes may be added.
"""

from pathlib import Path

import pytest
from django.db import connection

from tests import catalogue
from tests.catalogue import Index, Table

TABLES = [
    "photos",
    "albums",
    "album_photos",
    "shared_links",
    "generation_sessions",
    "generation_steps",
    "step_alternatives",
    "models",
    "prompt_templates",
    "application_settings",
]
WITH_OWN_KEY = {"album_photos", "step_alternatives"}
SCHEMA = (Path(__file__).parent / "schema.sql").read_text()

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the schema is PostgreSQL's"),
]

Pair = tuple[Table, Table]


@pytest.fixture(params=TABLES)
def pair(request: pytest.FixtureRequest, db: None) -> Pair:
    """A table as the schema wants it, and as the migrations made it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA wanted; SET LOCAL search_path TO wanted")
        cursor.execute(SCHEMA)
        wanted = catalogue.read("wanted")
        cursor.execute("SET LOCAL search_path TO public")
    assert set(wanted) == set(TABLES)
    return wanted[request.param], catalogue.read("public")[request.param]


def test_every_column_has_its_type(pair: Pair) -> None:
    """Names and types are the schema's."""
    wanted, made = pair

    assert {name: made.columns[name].type for name in wanted.columns if name in made.columns} == {
        name: column.type for name, column in wanted.columns.items()
    }


def test_every_column_keeps_its_default_and_nullability(pair: Pair) -> None:
    """Defaults hold in the database; only a column with a default may be stricter than the schema."""
    wanted, made = pair

    for name, column in wanted.columns.items():
        assert made.columns[name].default == column.default, name
        may_be_stricter = column.default is not None
        assert made.columns[name].not_null == column.not_null or may_be_stricter or name in _composite_key(wanted), name


def test_every_check_is_there(pair: Pair) -> None:
    """A check counts as there when one of ours answers alike for every telling row."""
    wanted, made = pair

    for check in wanted.checks:
        assert any(catalogue.same_condition(check, ours, made.columns) for ours in made.checks), check


def test_every_named_index_is_there(pair: Pair) -> None:
    """An index has the schema's name, method, keys and condition."""
    wanted, made = pair

    for name, index in wanted.indexes.items():
        if name.startswith("idx_"):
            assert _same_index(index, made.indexes[name], made), name


def test_every_key_is_unique(pair: Pair) -> None:
    """What the schema holds single is single here, by a primary key or a unique constraint."""
    wanted, made = pair
    unique = {index.keys for index in made.indexes.values() if index.is_unique and not index.predicate}

    for index in wanted.indexes.values():
        if index.is_unique:
            assert index.keys in unique


def test_primary_keys_are_the_schemas(request: pytest.FixtureRequest, pair: Pair) -> None:
    """But for the two join tables."""
    wanted, made = pair
    table = request.node.callspec.params["pair"]

    assert _primary_key(made) == (("id",) if table in WITH_OWN_KEY else _primary_key(wanted))


def test_every_foreign_key_is_there(pair: Pair) -> None:
    """Each reference points at the same table and column."""
    wanted, made = pair

    assert wanted.foreign_keys <= made.foreign_keys


def test_a_missing_piece_would_be_seen(pair: Pair) -> None:
    """The comparison itself can fail: two different conditions are told apart."""
    wanted, _ = pair
    text = next((name for name, column in wanted.columns.items() if column.type == "text"), None)

    if text:
        assert not catalogue.same_condition(f"{text} = 'a'::text", f"{text} <> 'a'::text", wanted.columns)


def _same_index(wanted: Index, made: Index, table: Table) -> bool:
    alike = (wanted.method, wanted.is_unique, wanted.keys) == (made.method, made.is_unique, made.keys)
    return alike and catalogue.same_condition(wanted.predicate, made.predicate, table.columns)


def _primary_key(table: Table) -> tuple[str, ...]:
    return next(index.keys for index in table.indexes.values() if index.is_primary)


def _composite_key(table: Table) -> tuple[str, ...]:
    return _primary_key(table) if len(_primary_key(table)) > 1 else ()
