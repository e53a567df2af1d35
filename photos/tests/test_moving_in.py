"""Making photos of the files of folders, many at a time."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.storage import storages

from photos import trashing
from photos.choices import MovedIn
from photos.files import storing
from photos.intake import moving_in, placing
from photos.intake.moving_in import move_in, move_over, rehearse
from photos.models import ImportedFile, Photo
from photos.searching import search
from photos.searching.words import Words
from photos.tests import pictures
from photos.tests.conftest import files_in
from photos.tests.factories import PhotoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals")]


@pytest.fixture
def folder(tmp_path):
    """Three pictures, each another."""
    for number in range(3):
        (tmp_path / f"{number}.png").write_bytes(pictures.png(seed=number))
    return tmp_path


def files(folder):
    return sorted(folder.iterdir())


def results(outcomes):
    return [outcome.result for outcome in outcomes]


def photo_of(outcome):
    assert outcome.photo
    return Photo.objects.get(pk=outcome.photo)


def content(photo):
    with storages["originals"].open(photo.local_storage_path) as file:
        return file.read()


def test_files_become_photos_byte_for_byte(folder):
    """Under their names, and they stay where they are."""
    outcomes = move_in(files(folder))

    assert results(outcomes) == [MovedIn.IMPORTED] * 3
    for outcome in outcomes:
        photo = photo_of(outcome)
        assert (photo.original_name, content(photo)) == (outcome.path.name, outcome.path.read_bytes())


def test_a_photo_is_found_at_once_and_is_as_old_as_its_file(folder):
    """It needs no worker to be complete, but for its thumbnail."""
    os.utime(folder / "1.png", (1_580_000_000, 1_580_000_000))
    move_in(files(folder))
    photo = Photo.objects.get(original_name="1.png")

    assert photo.taken_at == datetime.fromtimestamp(1_580_000_000, tz=UTC)
    assert photo in Photo.objects.needing_thumbnails()
    assert photo in search.matching(Photo.objects.visible(), Words(wanted=(("1", "png"),)))


def test_importing_again_adds_nothing_and_reads_nothing(folder, monkeypatch):
    """Size and time tell that the files are the same."""
    first = move_in(files(folder))
    monkeypatch.setattr(storing, "checksum_of", lambda path: pytest.fail("it was read"))
    again = move_in(files(folder))

    assert results(again) == [MovedIn.DUPLICATE] * 3
    assert [outcome.photo for outcome in again] == [outcome.photo for outcome in first]


def test_a_file_that_changed_is_read_again(folder):
    """What was imported from it stays."""
    move_in(files(folder))
    (folder / "1.png").write_bytes(pictures.png(seed=99))

    assert results(move_in(files(folder))) == [MovedIn.DUPLICATE, MovedIn.IMPORTED, MovedIn.DUPLICATE]
    assert Photo.objects.count() == 4


def test_a_photo_that_was_purged_comes_in_again(folder):
    """What was imported once is no reason to refuse it for ever."""
    move_in(files(folder))
    Photo.objects.update(deleted_at=datetime(2026, 1, 1, tzinfo=UTC))
    trashing.purge(Photo.objects.all())

    assert results(move_in(files(folder))) == [MovedIn.IMPORTED] * 3


def test_a_photo_comes_in_beside_its_own_tombstone(folder):
    """The row that stays for the tree has the id the bytes would give."""
    taken = photo_of(move_in(files(folder)[:1])[0]).pk
    PhotoFactory(source_image_id=taken)
    trashing.trash([taken])
    trashing.purge([taken])
    again = move_in(files(folder)[:1])[0]

    assert (again.result, again.photo != taken) == (MovedIn.IMPORTED, True)


def test_equal_files_are_one_photo(folder):
    """Also within one batch."""
    (folder / "9.png").write_bytes((folder / "0.png").read_bytes())
    outcomes = move_in(files(folder))

    assert results(outcomes) == [MovedIn.IMPORTED] * 3 + [MovedIn.DUPLICATE]
    assert outcomes[3].photo == outcomes[0].photo


def test_what_is_in_the_trash_is_told(folder):
    """It is not restored behind the owner's back."""
    PhotoFactory(content=(folder / "0.png").read_bytes(), trashed=True)

    assert move_in(files(folder))[0].result == MovedIn.IN_TRASH


def test_bad_files_are_refused_with_their_reasons_and_leave_nothing(tmp_path, originals):
    """The others are taken in."""
    (tmp_path / "a.png").write_bytes(b"")
    (tmp_path / "b.png").write_bytes(b"words")
    (tmp_path / "c.png").write_bytes(pictures.png()[:-40])
    (tmp_path / "d.png").write_bytes(pictures.huge_png(90_000, 90_000))
    (tmp_path / "e.png").write_bytes(pictures.png())
    outcomes = move_in([*files(tmp_path), tmp_path / "gone.png"])

    assert results(outcomes) == [MovedIn.REFUSED] * 4 + [MovedIn.IMPORTED, MovedIn.REFUSED]
    said = [outcome.reason for outcome in outcomes if outcome.result == MovedIn.REFUSED]
    for word, reason in zip(["empty", "not a picture", "damaged", "megapixels", "No such file"], said, strict=True):
        assert word in reason
    assert len(files_in(originals)) == 1


def test_the_same_bytes_from_another_door_are_one_photo(folder, monkeypatch):
    """Somebody uploads the very file in the very moment: the unique checksum decides."""
    place = placing.place

    def slow(found, **how):
        place(found, **how)
        if found.source.path.name == "1.png":
            PhotoFactory(content=found.source.path.read_bytes())

    monkeypatch.setattr(placing, "place", slow)
    outcomes = move_in(files(folder))

    assert results(outcomes) == [MovedIn.IMPORTED, MovedIn.DUPLICATE, MovedIn.IMPORTED]
    assert photo_of(outcomes[1]).checksum == outcomes[1].checksum
    assert Photo.objects.count() == 3


def test_two_imports_of_the_same_bytes_keep_the_file(folder, monkeypatch, originals):
    """Both put it in the same place; the one that comes second must not remove it."""
    monkeypatch.setattr(placing, "known_among", lambda checksums: ({}, set()))
    move_in(files(folder))
    ImportedFile.objects.all().delete()
    again = move_in(files(folder))

    assert results(again) == [MovedIn.DUPLICATE] * 3
    assert len(files_in(originals)) == 3


def test_work_that_was_killed_finds_its_own_files(folder, monkeypatch, originals):
    """Nothing is left behind by a process that died between the files and the rows."""
    with monkeypatch.context() as patch:
        patch.setattr(placing, "record", lambda found: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            move_in(files(folder))
    move_in(files(folder))

    assert (len(files_in(originals)), Photo.objects.count()) == (3, 3)


def test_a_rehearsal_changes_nothing(folder, originals):
    """It tells what would happen."""
    PhotoFactory(content=(folder / "0.png").read_bytes())

    assert results(rehearse(files(folder))) == [MovedIn.DUPLICATE, MovedIn.IMPORTED, MovedIn.IMPORTED]
    assert (Photo.objects.count(), ImportedFile.objects.count(), len(files_in(originals))) == (1, 0, 1)


def test_a_moved_file_is_gone_from_its_folder(folder):
    """Its bytes are in the library."""
    contents = [path.read_bytes() for path in files(folder)]
    outcomes = move_over(files(folder))

    assert files(folder) == []
    assert [content(photo_of(outcome)) for outcome in outcomes] == contents


def test_moving_removes_what_is_here_already(folder):
    """As after an import that was killed before it removed anything."""
    move_in(files(folder))
    move_over(files(folder))

    assert files(folder) == []


def test_a_file_with_a_damaged_copy_is_kept(folder):
    """It may be the last whole one."""
    photo = photo_of(move_in(files(folder))[0])
    with open(storages["originals"].path(photo.local_storage_path or ""), "r+b") as file:
        file.write(b"damage")
    outcome = move_over(files(folder))[0]

    assert (outcome.path.exists(), "damaged" in outcome.reason) == (True, True)


def test_a_file_whose_photo_is_in_the_trash_is_kept(folder):
    """A purge would be the end of it."""
    trashing.trash([photo_of(move_in(files(folder))[0]).pk])
    move_over(files(folder))

    assert [path.name for path in files(folder)] == ["0.png"]


def test_a_file_with_other_names_is_copied(folder, tmp_path_factory):
    """Under such a name it could be changed: the original in the library must be no such file."""
    other = tmp_path_factory.mktemp("other") / "0.png"
    os.link(folder / "0.png", other)
    photo = photo_of(move_over(files(folder))[0])
    other.write_bytes(b"changed")

    assert content(photo) == pictures.png(seed=0)


def test_a_deadly_file_is_told():
    """The import goes on without it."""
    assert moving_in.broke(Path("a.png"))[0].result == MovedIn.REFUSED


def test_moving_never_removes_an_original(folder):
    """Whatever way leads to it: a link among the pictures, say."""
    photo = photo_of(move_in(files(folder)[:1])[0])
    original = Path(storages["originals"].path(photo.local_storage_path))
    outcome = move_over([original])[0]

    assert "it is the library's own" in outcome.reason
    assert original.exists()
