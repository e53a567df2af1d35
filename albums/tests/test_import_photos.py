"""``manage.py import_photos``."""

import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from albums.models import Album, AlbumPhoto
from photos.intake import batches
from photos.models import Photo
from photos.tests import pictures
from photos.tests.conftest import files_in, originals  # noqa: F401
from photos.tests.factories import PhotoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals")]


@pytest.fixture
def folder(tmp_path):
    """Five pictures, two of them in a folder."""
    (tmp_path / "trip").mkdir()
    for number, name in enumerate(["a.png", "b.png", "c.png", "trip/d.png", "trip/e.png"]):
        (tmp_path / name).write_bytes(pictures.png(seed=number))
    return tmp_path


def run(*arguments, processes=1):
    out = StringIO()
    call_command("import_photos", *map(str, arguments), processes=processes, stdout=out)
    return out.getvalue()


def refused(*arguments):
    """Run a command that must fail; return what it said before."""
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_photos", *map(str, arguments), processes=1, stdout=out)
    return out.getvalue()


def test_a_folder_comes_in_with_all_below_it(folder):
    """And the report counts it."""
    assert run(folder) == "5 imported, 0 already here, 0 refused.\n"
    assert Photo.objects.visible().count() == 5


@pytest.mark.django_db(transaction=True)
def test_several_processes_do_it_together(folder):
    """Each with a connection of its own."""
    for number in range(150):
        (folder / f"{number:03}.png").write_bytes(pictures.png(seed=10 + number, width=10 + number))

    assert run(folder, processes=2) == "155 imported, 0 already here, 0 refused.\n"
    assert Photo.objects.visible().count() == 155


def test_duplicates_are_told_and_those_in_the_trash_too(folder):
    """So the owner knows why nothing new is to be seen."""
    PhotoFactory(content=(folder / "a.png").read_bytes(), trashed=True)
    PhotoFactory(content=(folder / "b.png").read_bytes())

    assert run(folder) == "3 imported, 2 already here, 1 of them in the trash, 0 refused.\n"


def test_a_refused_file_is_named_and_the_command_fails(folder):
    """The others are in the library."""
    (folder / "broken.png").write_bytes(b"words")
    said = refused(folder)

    assert f"refused  {folder / 'broken.png'}: This is not a picture" in said
    assert "5 imported, 0 already here, 1 refused." in said


def test_an_album_takes_them_in_the_order_of_the_folder(folder):
    """Also those that were in the library before; a second time changes nothing."""
    PhotoFactory(content=(folder / "b.png").read_bytes(), original_name="b.png")
    for _ in range(2):
        run(folder, "--album", "Iceland")
    places = AlbumPhoto.objects.filter(album=Album.objects.get()).order_by("position")

    assert list(places.values_list("photo__original_name", flat=True)) == ["a.png", "b.png", "c.png", "d.png", "e.png"]


def test_moving_empties_the_folder_of_what_came_in(folder):
    """What was refused stays."""
    (folder / "broken.png").write_bytes(b"words")
    refused(folder, "--move")

    assert [path.name for path in folder.rglob("*.png")] == ["broken.png"]


def test_a_rehearsal_makes_nothing_not_even_the_album(folder):
    """It only tells."""
    assert run(folder, "--dry-run", "--album", "Iceland") == "5 would be imported, 0 already here, 0 refused.\n"
    assert not Photo.objects.exists()
    assert not Album.objects.exists()


def test_what_is_no_picture_is_counted(folder):
    """Films and notes between the pictures are no failure."""
    (folder / "film.mov").write_bytes(b"film")

    assert "1 other files in the folders were passed over" in run(folder)


def test_a_path_that_is_not_there_is_refused(tmp_path):
    """A typing mistake should not look like success."""
    assert "No such file" in refused(tmp_path / "nowhere")


def test_a_rehearsal_counts_equal_files_once(folder, monkeypatch):
    """Also those of different batches, none of which is recorded."""
    monkeypatch.setattr(batches, "MOST_FILES", 2)
    (folder / "trip/f.png").write_bytes((folder / "a.png").read_bytes())

    assert run(folder, "--dry-run") == "5 would be imported, 1 already here, 0 refused.\n"


def test_names_that_are_no_text_come_in(folder):
    """Old disks spell them in other ways; one of them once ended the whole import."""
    (folder / "caf\udce9.png").write_bytes(pictures.png(seed=9))
    (folder / "bad\udce9.png").write_bytes(b"words")
    said = refused(folder)

    assert "6 imported" in said
    assert "bad\\xe9.png: This is not a picture" in said
    assert Photo.objects.filter(original_name="café.png").exists()
    assert "0 imported, 6 already here" in refused(folder)


def test_a_misnamed_picture_comes_in_only_when_asked_for(folder):
    """By default it is refused with a sentence."""
    (folder / "a.jpg").write_bytes(pictures.png(seed=9))

    assert "Its name says that it is a JPEG, but it is a PNG. Rename it to “a.png”" in refused(folder)
    assert run(folder, "--misnamed") == "1 imported, 5 already here, 0 refused.\n"


def test_the_librarys_own_files_are_never_imported_nor_moved(folder):
    """Whoever names the data folder, or one above it, loses nothing."""
    run(folder)
    kept = files_in(settings.DATA_DIR / "originals")

    assert "it is the gallery's own folder" in refused(settings.DATA_DIR / "originals", "--move")
    assert "it is the gallery's own folder" in refused(kept[0], "--move")
    (folder / "all").symlink_to(settings.DATA_DIR)
    assert run(folder) == "0 imported, 5 already here, 0 refused.\n"
    assert files_in(settings.DATA_DIR / "originals") == kept


def test_an_album_is_not_made_for_nothing(tmp_path):
    """A typing mistake leaves no trace."""
    refused(tmp_path / "nowhere", "--album", "Iceland")

    assert not Album.objects.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_it_can_be_stopped_anywhere_and_goes_on(tmp_path, number):
    """Stopped or killed, what came in is whole, and the second run brings the rest, none twice."""
    source, library = tmp_path / "source", tmp_path / "library"
    source.mkdir()
    for number_of_picture in range(400):
        (source / f"{number_of_picture}.png").write_bytes(pictures.png(60 + number_of_picture, 200))
    command = _command(library, "import_photos", str(source), "--processes", "2")
    _run(_command(library, "migrate"))
    process = subprocess.Popen(**command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    _wait_for(lambda: len(list((library / "originals").rglob("*.png"))) > 20)
    process.send_signal(number)
    process.wait(30)
    said = _run(command)
    kept = [path.name for path in (library / "originals").rglob("*") if path.is_file()]

    assert "0 refused" in said
    assert (len(kept), [name for name in kept if not name.endswith(".png")]) == (400, [])
    assert _run(_command(library, "import_photos", str(source))).startswith("0 imported, 400 already here")


def _command(library: Path, *words: str):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"GALLERY_DATA_DIR": str(library), "DJANGO_SETTINGS_MODULE": "gallery_project.settings"}
    return {"args": [sys.executable, "manage.py", *words], "env": environment, "cwd": settings.BASE_DIR}


def _run(command) -> str:
    return subprocess.run(**command, check=True, capture_output=True, text=True, timeout=60).stdout


def _wait_for(condition) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it did not begin"
        time.sleep(0.01)
