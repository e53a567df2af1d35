"""Copying a library's rows from SQLite to an empty PostgreSQL, for an owner who outgrows the one.

The files stay where they are: rows name them relative to their storages.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from django.apps import apps
from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.db.utils import load_backend

from gallery_project.settings import database
from photos.models import Photo

SOURCE = "source"
AT_ONCE = 1000
# What migrations fill, what is made anew at each start, and what is only good for a while.
LEFT_OUT = frozenset({"contenttypes", "sessions", "axes", "django_q", "admin"})
LEFT_OUT_TABLES = frozenset({"auth_permission", "auth_group_permissions", "auth_user_user_permissions"})


class CannotCopy(Exception):
    """Why nothing was copied, in a sentence for the owner."""


def copied_models() -> list[type[Model]]:
    """Return the models whose rows are the library."""
    models = apps.get_models(include_auto_created=True)
    ours = [model for model in models if model._meta.app_label not in LEFT_OUT]
    return [model for model in ours if model._meta.managed and model._meta.db_table not in LEFT_OUT_TABLES]


def copy_all() -> Iterator[tuple[str, int]]:
    """Copy every row from ``opened()``, all or none; yield each table with the number of its rows.

    Raises:
        CannotCopy: when there is something in the way; nothing was copied.
    """
    need_empty_target()
    need_present_source()
    try:
        with transaction.atomic():
            _empty()
            for model in copied_models():
                yield model._meta.db_table, _copy(model)
            _go_on_counting()
    except DatabaseError as error:
        raise CannotCopy(f"A row did not fit: {str(error).strip().splitlines()[0]}") from error


@contextmanager
def opened(path: Path) -> Iterator[None]:
    """Make a SQLite file readable under the name ``source`` for as long as the block runs.

    Raises:
        CannotCopy: when there is no such file.
    """
    if not path.is_file():
        raise CannotCopy(f"There is no file {path}.")
    url = f"sqlite:///{quote(str(path.absolute()))}"
    values = {**connections.settings[DEFAULT_DB_ALIAS], **database(url)}
    connections[SOURCE] = load_backend(values["ENGINE"]).DatabaseWrapper(values, SOURCE)
    try:
        yield
    finally:
        connections[SOURCE].close()
        del connections[SOURCE]


def need_empty_target() -> None:
    """Refuse to mix two libraries.

    Raises:
        CannotCopy: when the database in use is no PostgreSQL, or holds something.
    """
    if connection.vendor != "postgresql":
        raise CannotCopy("Set DATABASE_URL to an empty PostgreSQL database first: that is where the rows go.")
    if Photo.objects.exists() or User.objects.exists():
        raise CannotCopy("The database of DATABASE_URL holds a library already. Name an empty one.")


def need_present_source() -> None:
    """Refuse a library that an older version left.

    Raises:
        CannotCopy: when its tables are not those of this version.
    """
    executor = MigrationExecutor(connections[SOURCE])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CannotCopy("That library is of another version. Start the gallery with it once, stop it, and try again.")


def _empty() -> None:
    """Remove what migrations have put there, such as the settings."""
    for model in copied_models():
        model._base_manager.all().delete()


def _copy(model: type[Model]) -> int:
    rows, copied = model._base_manager.using(SOURCE).iterator(AT_ONCE), 0
    while some := list(islice(rows, AT_ONCE)):
        copied += len(model._base_manager.bulk_create(some))
    return copied


def _go_on_counting() -> None:
    """Let new rows get numbers after those that were copied."""
    statements = connection.ops.sequence_reset_sql(no_style(), copied_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
