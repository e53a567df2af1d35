"""Reads what PostgreSQL's catalogue says about the tables of one schema."""

import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

_VOLATILE = ("gen_random_uuid", "CURRENT_TIMESTAMP")


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``default`` is its value, or the call that makes it."""

    type: str
    not_null: bool
    default: Any


@dataclass(frozen=True, slots=True)
class Index:
    """One index; ``predicate`` is the condition of a partial one."""

    method: str
    is_unique: bool
    is_primary: bool
    keys: tuple[str, ...]
    predicate: str


@dataclass(slots=True)
class Table:
    """Everything the catalogue says about one table."""

    columns: dict[str, Column] = field(default_factory=dict)
    checks: list[str] = field(default_factory=list)
    indexes: dict[str, Index] = field(default_factory=dict)
    foreign_keys: set[tuple[str, str, str]] = field(default_factory=set)


def read(schema: str) -> dict[str, Table]:
    """Return the tables of ``schema`` by name."""
    rows = _ask("SELECT tablename FROM pg_tables WHERE schemaname = %s", schema)
    return {name: _table(f'"{schema}"."{name}"') for (name,) in rows}


def same_condition(one: str, other: str, columns: dict[str, Column]) -> bool:
    """Whether two conditions answer alike for every telling combination of values, however they are written."""
    named = [name for name in columns if re.search(rf"\b{name}\b", one) or re.search(rf"\b{name}\b", other)]
    if {name for name in named if not re.search(rf"\b{name}\b", one)} or not named:
        return one == other
    values = [_telling_values(columns[name].type, f"{one} {other}") for name in named]
    rows = ", ".join(f"({', '.join(combination)})" for combination in itertools.product(*values))
    query = f"SELECT ({one}), ({other}) FROM (VALUES {rows}) AS samples({', '.join(named)})"  # noqa: S608
    return all(first == second for first, second in _ask(query))


def _table(name: str) -> Table:
    return Table(_columns(name), _checks(name), _indexes(name), _foreign_keys(name))


def _columns(table: str) -> dict[str, Column]:
    rows = _ask(
        """SELECT attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid)
           FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
           WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped""",
        table,
    )
    return {name: Column(kind, not_null, _value(default)) for name, kind, not_null, default in rows}


def _value(default: str | None) -> Any:
    if default is None or any(word in default for word in _VOLATILE):
        return default
    return _ask(f"SELECT {default}")[0][0]


def _checks(table: str) -> list[str]:
    query = "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'"
    return [condition for (condition,) in _ask(query, table)]


def _indexes(table: str) -> dict[str, Index]:
    rows = _ask(
        """SELECT relname, amname, indisunique, indisprimary,
                  array(SELECT pg_get_indexdef(indexrelid, n, true) FROM generate_series(1, indnkeyatts) AS n),
                  coalesce(pg_get_expr(indpred, indrelid), '')
           FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
           WHERE indrelid = %s::regclass""",
        table,
    )
    return {
        name: Index(method, unique, primary, tuple(keys), where) for name, method, unique, primary, keys, where in rows
    }


def _foreign_keys(table: str) -> set[tuple[str, str, str]]:
    rows = _ask(
        """SELECT here.attname, pg_class.relname, there.attname
           FROM pg_constraint JOIN pg_class ON pg_class.oid = confrelid
           JOIN pg_attribute AS here ON here.attrelid = conrelid AND here.attnum = conkey[1]
           JOIN pg_attribute AS there ON there.attrelid = confrelid AND there.attnum = confkey[1]
           WHERE conrelid = %s::regclass AND contype = 'f'""",
        table,
    )
    return {tuple(row) for row in rows}


def _telling_values(kind: str, conditions: str) -> list[str]:
    literals = {f"'{text}'::text" for text in re.findall(r"'([^']*)'::text", conditions)}
    return {
        "text": [*sorted(literals), "'something else'::text", "NULL::text"],
        "boolean": ["true", "false", "NULL::boolean"],
        "integer": ["-1", "0", "1", "2", "NULL::integer"],
        "uuid": ["gen_random_uuid()", "NULL::uuid"],
        "timestamp with time zone": ["now()", "NULL::timestamptz"],
    }[kind]


def _ask(query: str, *parameters: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters or None)
        return cursor.fetchall()
