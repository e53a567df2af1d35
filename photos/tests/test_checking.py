"""The check of a library: what it finds, and that it changes nothing."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from photos.models import Photo
from photos.tests.conftest import files_in
from photos.tests.factories import PhotoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals")]


def overwrite(photo, content):
    storages["originals"].delete(photo.local_storage_path)
    storages["originals"].save(photo.local_storage_path, ContentFile(content))


def check(capsys, *words):
    """What the command tells, and how it ends."""
    try:
        call_command("check_library", *words)
    except CommandError as error:
        return capsys.readouterr().out, str(error)
    return capsys.readouterr().out, ""


def test_a_whole_library_is_found_whole(capsys):
    """What is in the trash counts; what is not fetched yet, or was purged, has nothing to look at."""
    PhotoFactory(with_file=True)
    PhotoFactory(with_file=True, trashed=True)
    PhotoFactory(pending=True)

    assert check(capsys) == ("Every original is there and unchanged.\n", "")


def test_a_missing_original_is_named(capsys):
    """By its place and by what people call it."""
    photo = PhotoFactory(title="The pier")
    told, error = check(capsys)

    assert told == f"{photo.local_storage_path} (The pier) is missing\n"
    assert "1 missing" in error


def test_a_changed_byte_is_found(capsys):
    """Also where the size is the same, unless only a quick look was wanted."""
    photo = PhotoFactory(content=b"as it was", file_size=9)
    overwrite(photo, b"as it is!")

    assert "has changed" in check(capsys)[0]
    assert check(capsys, "--quick") == ("Every original is there.\n", "")


def test_a_file_cut_short_is_found_by_a_quick_look(capsys):
    """Its size says it."""
    photo = PhotoFactory(content=b"as it was", file_size=9)
    overwrite(photo, b"as")

    assert "has another size" in check(capsys, "--quick")[0]


def test_a_file_that_belongs_to_no_photo_is_found_and_left(capsys, originals):
    """It may be all that is left of a picture."""
    PhotoFactory(with_file=True)
    storages["originals"].save("ab/cd/abcd.png", ContentFile(b"whose?"))
    told, error = check(capsys)

    assert told == "ab/cd/abcd.png belongs to no photo\n"
    assert "1 stray" in error
    assert len(files_in(originals)) == 2


def test_a_file_whose_row_came_meanwhile_is_no_stray(capsys, monkeypatch):
    """Files come before their rows."""
    path = storages["originals"].save("ab/cd/abcd.png", ContentFile(b"new"))
    monkeypatch.setattr("photos.checking.find_suspects", lambda: [path])
    PhotoFactory(content=b"new", file_size=3)
    Photo.objects.update(local_storage_path=path)

    assert check(capsys, "--quick")[1] == ""
