"""What must be done before the programs start: database, tables, static files, schedules."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from gallery_project import schedules
from gallery_project.checks import CONFIGURATION
from gallery_project.launching import static_files
from gallery_project.launching.errors import LaunchError
from gallery_project.launching.logs import show

MIGRATING = 4_717_001


def prepare() -> None:
    """Bring everything to what this version of the code needs. Safe to repeat, quick when nothing changed.

    Raises:
        LaunchError: when the database cannot be reached or a setting is wrong.
    """
    need_database()
    need_sound_settings()
    with one_at_a_time():
        migrate()
    static_files.collect()
    schedules.register()


def need_database() -> None:
    """Connect once.

    Raises:
        LaunchError: when that fails; the driver's sentence holds no password.
    """
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise LaunchError(f"The database cannot be reached; look at DATABASE_URL. It says: {reason}") from error


def need_sound_settings() -> None:
    """Run the checks of the configuration.

    Raises:
        LaunchError: for the first error; warnings are shown.
    """
    for message in sorted(run_checks(tags=[CONFIGURATION]), key=lambda message: -message.level):
        if message.is_serious():
            raise LaunchError(f"{message.msg} ({message.id})")
        show(f"Warning: {message.msg} {message.hint or ''} ({message.id})")


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep other machines from migrating the same PostgreSQL; one SQLite file has one launcher anyway."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])


def migrate() -> None:
    """Bring the tables to what the code needs; does nothing when they already are."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        show("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
