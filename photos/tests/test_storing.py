"""Writing files whole or not at all."""

import hashlib

import pytest
from django.core.files.storage import FileSystemStorage, InMemoryStorage

from photos.files.storing import Mismatch, local_copy, store
from photos.tests.conftest import files_in

CONTENT = b"a picture"
CHECKSUM = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(params=["folder", "elsewhere"])
def storage(request, tmp_path):
    """A folder, and a storage that is none."""
    return FileSystemStorage(tmp_path) if request.param == "folder" else InMemoryStorage()


def test_what_is_stored_is_what_was_given(storage):
    """Under exactly the name that was asked for."""
    stored = store(storage, "ab/cd/one.png", [CONTENT[:3], CONTENT[3:]], checksum=CHECKSUM)

    assert storage.open("ab/cd/one.png").read() == CONTENT
    assert (stored.path, stored.checksum, stored.size) == ("ab/cd/one.png", CHECKSUM, len(CONTENT))


def test_storing_again_replaces(storage):
    """A repeated task leaves one file."""
    store(storage, "one.png", [b"old"])
    store(storage, "one.png", [CONTENT])

    assert storage.open("one.png").read() == CONTENT
    assert storage.listdir("")[1] == ["one.png"]


def test_the_wrong_content_is_not_kept(storage):
    """Nothing lies under the name, and no draft is left."""
    with pytest.raises(Mismatch):
        store(storage, "one.png", [b"other bytes"], checksum=CHECKSUM)

    assert not storage.exists("one.png")


def test_a_failed_write_leaves_nothing(tmp_path):
    """Neither the file nor its draft."""

    def breaking():
        yield CONTENT
        raise OSError("unplugged")

    with pytest.raises(OSError, match="unplugged"):
        store(FileSystemStorage(tmp_path), "one.png", breaking())

    assert files_in(tmp_path) == []


def test_a_failed_write_does_not_harm_what_was_there(tmp_path):
    """The old file is replaced only by a whole one."""
    storage = FileSystemStorage(tmp_path)
    store(storage, "one.png", [CONTENT])
    with pytest.raises(Mismatch):
        store(storage, "one.png", [b"other bytes"], checksum=CHECKSUM)

    assert storage.open("one.png").read() == CONTENT


def test_any_storage_gives_a_path_to_read_from(storage):
    """Decoders want a file on this machine."""
    store(storage, "one.png", [CONTENT])

    with local_copy(storage, "one.png") as path:
        assert path.read_bytes() == CONTENT
