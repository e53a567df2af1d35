"""What each new connection to the database is told first."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


def prepare(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Switch PostgreSQL's compiler for queries off.

    It takes a page's dear-looking query for a report and spends a second on making it faster: the list of 101 albums
    took 954 ms with it and 74 ms without. Said by statement, since a pooler may refuse start-up options.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")
