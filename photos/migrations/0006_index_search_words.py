"""One index for every word that is not of a prompt."""

from django.db import migrations

NAMES = (
    "CREATE INDEX idx_photos_names ON photos USING gin(to_tsvector('simple',"
    " title || ' ' || description || ' ' || translate(original_name, '_.-', '   ')))"
)
WORDS = "CREATE INDEX idx_photos_search_words ON photos USING gin(to_tsvector('english', search_words))"
REFILL = (
    "INSERT INTO photo_search (rowid, prompt, names) SELECT k.key, coalesce(p.generation_prompt, ''), {names}"
    " FROM photo_search_keys k JOIN photos p ON p.id = k.photo_id"
)

POSTGRESQL = ["DROP INDEX idx_photos_names", WORDS]
POSTGRESQL_BACK = ["DROP INDEX idx_photos_search_words", NAMES]
SQLITE = ["DELETE FROM photo_search", REFILL.format(names="p.search_words")]
SQLITE_BACK = [
    "DELETE FROM photo_search",
    REFILL.format(names="p.title || ' ' || p.description || ' ' || p.original_name"),
]


def make(apps, schema_editor):
    run(schema_editor, POSTGRESQL, SQLITE)


def unmake(apps, schema_editor):
    run(schema_editor, POSTGRESQL_BACK, SQLITE_BACK)


def run(schema_editor, postgresql, sqlite):
    statements = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("photos", "0005_fill_search_words_and_traits")]

    operations = [migrations.RunPython(make, unmake)]
