"""What the database knows of its tables, from which it chooses how to ask them: kept true as they grow."""

from django.db import connection

# So many rows of each index are looked at: enough to choose well, and done in a moment however large the table is.
ROWS_LOOKED_AT = 1000


def refresh() -> None:
    """Measure SQLite's tables anew; PostgreSQL does that by itself. Safe to repeat.

    ``PRAGMA optimize`` would be asked instead, but before SQLite 3.46 it minds only tables that this very connection
    has searched.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
