"""What can be done from the command line."""

import pytest
from django.core.management import CommandError, call_command

from photos import trashing
from photos.models import Photo
from photos.querysets import THUMBNAIL_ATTEMPTS
from photos.tests.factories import PhotoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals", "thumbnails", "nudges")]


def test_missing_thumbnails_are_made(capsys):
    """Also those that failed too often; others stay as they are."""
    PhotoFactory(with_file=True, thumbnail_attempts=THUMBNAIL_ATTEMPTS)
    PhotoFactory(with_thumbnail=True)
    call_command("rebuild_thumbnails")

    assert not Photo.objects.filter(local_thumbnail_path=None).exists()
    assert capsys.readouterr().out == "1 of 1 thumbnails made.\n"


def test_all_thumbnails_can_be_made_anew(capsys):
    """When their folder was lost."""
    PhotoFactory(with_file=True, with_thumbnail=True)
    call_command("rebuild_thumbnails", "--all")

    assert capsys.readouterr().out == "1 of 1 thumbnails made.\n"


def test_a_dry_run_makes_no_thumbnail(capsys):
    """It only counts."""
    PhotoFactory(with_file=True)
    call_command("rebuild_thumbnails", "--dry-run")

    assert capsys.readouterr().out == "1 thumbnails would be made.\n"
    assert Photo.objects.filter(local_thumbnail_path=None).exists()


def test_a_thumbnail_that_cannot_be_made_makes_the_command_fail(capsys):
    """Scripts notice; the others are made all the same."""
    PhotoFactory()
    PhotoFactory(with_file=True)
    with pytest.raises(CommandError, match="1 thumbnails could not be made"):
        call_command("rebuild_thumbnails")

    assert capsys.readouterr().out == "1 of 2 thumbnails made.\n"


def test_the_trash_is_emptied(capsys):
    """What is in the library stays."""
    kept = PhotoFactory(with_file=True)
    PhotoFactory(with_file=True, trashed=True)
    call_command("empty_trash")

    assert list(Photo.objects.all()) == [kept]
    assert capsys.readouterr().out.startswith("1 photos removed")


def test_a_dry_run_removes_nothing(capsys):
    """It lists what would go."""
    photo = PhotoFactory(trashed=True)
    call_command("empty_trash", "--dry-run")

    assert photo.original_name in capsys.readouterr().out
    assert Photo.objects.exists()


def test_only_what_was_thrown_away_long_ago_is_removed(time_machine):
    """Undo has its time."""
    photo = PhotoFactory(trashed=True)
    time_machine.move_to(photo.deleted_at)
    call_command("empty_trash", "--older-than", "30")

    assert Photo.objects.exists()


def test_files_that_resist_make_the_command_fail(monkeypatch):
    """The photo stays until they are gone."""
    PhotoFactory(trashed=True)
    monkeypatch.setattr(trashing, "_remove_files", lambda *_: (_ for _ in ()).throw(PermissionError))

    with pytest.raises(CommandError, match="files of 1 photos"):
        call_command("empty_trash")
