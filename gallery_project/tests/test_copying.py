"""A library moves from SQLite to PostgreSQL with all its rows, or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from albums.models import Album, AlbumPhoto
from gallery_project.copying import copied_models
from photos.models import Photo
from photos.tests.factories import PhotoFactory
from settings_app.models import ApplicationSettings

pytestmark = pytest.mark.django_db
ON_SQLITE = "sqlite" in settings.DATABASES["default"]["ENGINE"]
only_postgres = pytest.mark.skipif(ON_SQLITE, reason="goes to PostgreSQL")
only_sqlite = pytest.mark.skipif(not ON_SQLITE, reason="tells that it is needed")

LIBRARY = """
from django.contrib.auth.models import User
from albums.models import Album, AlbumPhoto
from photos.tests.factories import PhotoFactory
from settings_app.models import ApplicationSettings
User.objects.create_superuser("owner", password="a long enough password")
first = PhotoFactory(generated=True, title="The pier")
second = PhotoFactory(source_image=first)
AlbumPhoto.objects.create(photo=second, album=Album.objects.create(name="Sea"))
ApplicationSettings.load()
ApplicationSettings.objects.update(default_steps=17)
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Path:
    """A small library in a SQLite file, made by programs of its own."""
    file = tmp_path_factory.mktemp("library") / "gallery.sqlite3"
    for words in (["migrate", "--verbosity", "0"], ["shell", "-v", "0", "-c", LIBRARY]):
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *words]
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{file}",
            "DJANGO_SETTINGS_MODULE": "gallery_project.settings",
        }
        subprocess.run(command, env=environment | {"GALLERY_DATA_DIR": str(file.parent)}, check=True)
    return file


@only_postgres
def test_every_row_arrives(library, capsys):
    """With what belongs together, the settings as they were, and numbers that go on after those that came."""
    call_command("copy_from_sqlite", library)

    pier = Photo.objects.get(title="The pier")
    assert AlbumPhoto.objects.get(photo__source_image=pier).album.name == "Sea"
    assert ApplicationSettings.load().default_steps == 17
    assert User.objects.get().password.startswith("pbkdf2")
    assert AlbumPhoto.objects.create(album=Album.objects.get(), photo=pier).pk > 1
    assert "rows copied. Start the gallery" in capsys.readouterr().out


@only_postgres
def test_two_libraries_are_not_mixed(library):
    """The one that is there stays as it is."""
    PhotoFactory()
    with pytest.raises(CommandError, match=r"holds a library already\. Name an empty one\. Nothing was copied\."):
        call_command("copy_from_sqlite", library)

    assert Photo.objects.count() == 1


@only_postgres
def test_the_library_of_another_version_is_refused(tmp_path):
    """Its tables may lack columns."""
    (tmp_path / "old.sqlite3").touch()
    with pytest.raises(CommandError, match="of another version"):
        call_command("copy_from_sqlite", tmp_path / "old.sqlite3")


@only_sqlite
def test_it_goes_to_postgresql_only(tmp_path):
    """Where DATABASE_URL is not set, the rows would be copied to where they are."""
    (tmp_path / "gallery.sqlite3").touch()
    with pytest.raises(CommandError, match="Set DATABASE_URL to an empty PostgreSQL database first"):
        call_command("copy_from_sqlite", tmp_path / "gallery.sqlite3")


def test_a_file_that_is_not_there_is_named(tmp_path):
    """And nothing is made in its place."""
    with pytest.raises(CommandError, match=r"There is no file .*gone\.sqlite3\. Nothing was copied\."):
        call_command("copy_from_sqlite", tmp_path / "gone.sqlite3")

    assert not (tmp_path / "gone.sqlite3").exists()


def test_every_table_of_ours_is_copied():
    """A new model is copied without being named."""
    tables = {model._meta.db_table for model in copied_models()}

    assert {"photos", "albums", "album_photos", "generation_steps", "application_settings", "auth_user"} <= tables
    assert not tables & {"django_session", "django_content_type", "django_q_ormq"}
