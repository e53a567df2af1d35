"""Walking folders for pictures."""

import os

import pytest

from photos.intake.folders import Walk


def made(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(folder, walk=None):
    return [str(path.relative_to(folder)) for path in (walk or Walk()).pictures([folder])]


def test_pictures_come_by_name_and_those_of_a_folder_before_its_folders(tmp_path):
    """Whatever the capitals of their endings."""
    made(tmp_path, "b.PNG", "a.jpg", "trip/1.heic", "trip/0.webp")

    assert names(tmp_path) == ["a.jpg", "b.PNG", "trip/0.webp", "trip/1.heic"]


def test_what_systems_leave_behind_is_left_out(tmp_path):
    """Hidden files and folders, previews and bins."""
    made(
        tmp_path, ".hidden.png", ".thumbnails/a.png", "@eaDir/b.png", "__MACOSX/._c.png", "$RECYCLE.BIN/d.png", "e.png"
    )

    assert names(tmp_path) == ["e.png"]


def test_other_files_are_counted(tmp_path):
    """The owner should know that they were seen."""
    made(tmp_path, "a.png", "film.mov", "notes.txt")
    walk = Walk()

    assert (names(tmp_path, walk), walk.passed_over) == (["a.png"], 2)


def test_a_file_that_is_named_is_tried_whatever_its_name(tmp_path):
    """What it is decides the decoder."""
    made(tmp_path, "picture.bin")

    assert list(Walk().pictures([tmp_path / "picture.bin"])) == [tmp_path / "picture.bin"]


def test_links_in_a_circle_come_to_an_end(tmp_path):
    """Each folder is walked once."""
    made(tmp_path, "a/b/c.png")
    (tmp_path / "a/b/up").symlink_to(tmp_path / "a")
    (tmp_path / "self").symlink_to("self")

    assert names(tmp_path) == ["a/b/c.png"]


def test_a_link_to_another_folder_is_followed(tmp_path):
    """Many keep their pictures on another disk."""
    made(tmp_path, "elsewhere/a.png", "here/b.png")
    (tmp_path / "here/more").symlink_to(tmp_path / "elsewhere")

    assert names(tmp_path / "here") == ["b.png", "more/a.png"]


def test_a_folder_that_cannot_be_opened_is_told(tmp_path, monkeypatch):
    """The others are walked all the same."""
    made(tmp_path, "open/a.png", "shut/b.png")
    scan = os.scandir

    def scandir(folder):
        if str(folder).endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    walk = Walk()

    assert names(tmp_path, walk) == ["open/a.png"]
    assert walk.unreadable == [(tmp_path / "shut", "Permission denied")]


@pytest.mark.parametrize("paths", [1, 2])
def test_a_folder_named_twice_is_walked_once(tmp_path, paths):
    """As by two overlapping paths."""
    made(tmp_path, "a.png")

    assert len(list(Walk().pictures([tmp_path] * paths))) == 1
