"""Defaults that hold in the database itself, on SQLite and PostgreSQL alike."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, Func, UUIDField
from django.db.models.sql.compiler import SQLCompiler


class RandomUUID(Func):
    """A version 4 UUID (PostgreSQL), or 32 random hexadecimal digits (SQLite, where Django keeps UUIDs so)."""

    template = "gen_random_uuid()"
    output_field = UUIDField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Return the expression for SQLite."""
        return self.as_sql(compiler, connection, template="lower(hex(randomblob(16)))", **context)


class CurrentTimestamp(Func):
    """The moment the statement's transaction began."""

    template = "CURRENT_TIMESTAMP"
    output_field = DateTimeField()
