"""What each new connection is told."""

import pytest
from django.db import connection


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL compiles queries")
def test_queries_are_not_compiled():
    """Pages ask small questions; compiling them costs more than answering."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")

        assert cursor.fetchone() == ("off",)
