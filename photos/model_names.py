"""The models that pictures of the library were made with."""

from django.db import connection

# Jumps from name to name along the index instead of reading every photo. 'completed' is
# RetrievalStatus.COMPLETED: only a literal lets every database see that the partial index serves.
_NAMES = """
WITH RECURSIVE names(name) AS (
    SELECT MIN(model_name) FROM photos
    WHERE model_name > '' AND deleted_at IS NULL AND retrieval_status = 'completed'
    UNION ALL
    SELECT (
        SELECT MIN(model_name) FROM photos
        WHERE model_name > names.name AND deleted_at IS NULL AND retrieval_status = 'completed'
    ) FROM names WHERE names.name IS NOT NULL
)
SELECT name FROM names WHERE name IS NOT NULL
"""


def model_names() -> list[str]:
    """Return the names of all models with a visible picture, in one query that costs a step per name."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMES)
        return sorted((name for (name,) in cursor.fetchall()), key=str.casefold)
