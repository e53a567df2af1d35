"""The indexes of the search, which each database keeps in its own way."""

from django.db import migrations

POSTGRESQL = [
    # The schema's own.
    "CREATE INDEX idx_photos_generation_prompt ON photos USING gin(to_tsvector('english', generation_prompt))",
    # For photographs, which have no prompt.
    "CREATE INDEX idx_photos_names ON photos USING gin(to_tsvector('simple',"
    " title || ' ' || description || ' ' || translate(original_name, '_.-', '   ')))",
]
POSTGRESQL_BACK = ["DROP INDEX idx_photos_names", "DROP INDEX idx_photos_generation_prompt"]

SQLITE = [
    "CREATE TABLE photo_search_keys (key INTEGER PRIMARY KEY, photo_id CHAR(32) NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE photo_search USING fts5(prompt, names,"
    " tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3')",
    "INSERT INTO photo_search_keys (photo_id) SELECT id FROM photos ORDER BY taken_at",
    "INSERT INTO photo_search (rowid, prompt, names) SELECT k.key, coalesce(p.generation_prompt, ''),"
    " p.title || ' ' || p.description || ' ' || p.original_name"
    " FROM photo_search_keys k JOIN photos p ON p.id = k.photo_id",
]
SQLITE_BACK = ["DROP TABLE photo_search", "DROP TABLE photo_search_keys"]


def make(apps, schema_editor):
    run(schema_editor, POSTGRESQL, SQLITE)


def unmake(apps, schema_editor):
    run(schema_editor, POSTGRESQL_BACK, SQLITE_BACK)


def run(schema_editor, postgresql, sqlite):
    statements = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [("photos", "0002_add_filter_indexes")]

    operations = [migrations.RunPython(make, unmake)]
