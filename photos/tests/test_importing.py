"""Making photos of files."""

import json
from datetime import UTC, datetime

import pytest

from lib import clock
from photos import trashing
from photos.choices import RetrievalStatus, UploadStatus
from photos.imaging.decoding import Refused
from photos.intake import importing
from photos.intake.importing import AlreadyHere, accept, complete_retrieval, import_file
from photos.models import IncomingUpload, Photo
from photos.querysets import UPLOAD_LEASE
from photos.tests import pictures
from photos.tests.conftest import files_in
from photos.tests.factories import IncomingUploadFactory, PhotoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incoming", "nudges")]
MADE = {"positive_prompt": "a fox", "seed": 42, "model": {"key": "k1", "name": "SDXL"}}


@pytest.fixture
def fetched(tmp_path):
    """A file as it came from a server."""
    path = tmp_path / "fetched"
    path.write_bytes(pictures.png(texts={"invokeai_metadata": json.dumps(MADE)}))
    return path


def test_an_accepted_file_is_a_photo_byte_for_byte(originals, nudges):
    """The original is never altered."""
    upload = IncomingUploadFactory(content=pictures.jpeg(seed=3), original_name="IMG_3.jfif")
    accept(upload.pk)
    photo = Photo.objects.get()

    assert (originals / photo.local_storage_path).read_bytes() == pictures.jpeg(seed=3)
    assert (photo.original_name, photo.mime_type, photo.filename) == ("IMG_3.jfif", "image/jpeg", f"{photo.pk.hex}.jpg")
    assert nudges == [("make_thumbnails", str(photo.pk))]


def test_the_upload_tells_what_became_of_it(incoming):
    """And its bytes no longer wait."""
    upload = IncomingUploadFactory()
    accept(upload.pk)
    upload.refresh_from_db()

    assert (upload.status, upload.photo, upload.path) == (UploadStatus.ACCEPTED, Photo.objects.get(), "")
    assert files_in(incoming) == []


def test_a_refused_file_leaves_nothing_behind(incoming, originals):
    """Neither a row in the library nor a byte."""
    upload = IncomingUploadFactory(content=b"no picture")
    accept(upload.pk)
    upload.refresh_from_db()

    assert (upload.status, Photo.objects.count()) == (UploadStatus.REFUSED, 0)
    assert "not a picture" in upload.reason
    assert files_in(incoming) + files_in(originals) == []


def test_the_second_of_two_equal_uploads_is_a_duplicate():
    """Both waited when they were handed in."""
    first, second = (IncomingUploadFactory(content=pictures.png()) for _ in range(2))
    accept(first.pk)
    accept(second.pk)
    second.refresh_from_db()

    assert (second.status, second.photo) == (UploadStatus.DUPLICATE, Photo.objects.get())


def test_a_worker_killed_before_the_last_step_loses_nothing(time_machine):
    """The photo is there, its upload still says received: the next worker finds its own photo."""
    upload = IncomingUploadFactory()
    accept(upload.pk)
    IncomingUpload.objects.update(status=UploadStatus.RECEIVED, photo=None)
    time_machine.move_to(clock.now() + 2 * UPLOAD_LEASE)
    accept(upload.pk)
    upload.refresh_from_db()

    assert (upload.status, upload.photo) == (UploadStatus.ACCEPTED, Photo.objects.get())


def test_a_worker_killed_while_storing_loses_nothing(monkeypatch, time_machine):
    """The file may lie there already; it is put there again."""
    upload = IncomingUploadFactory()
    with monkeypatch.context() as patch:
        patch.setattr(importing, "_record", lambda photo: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            accept(upload.pk)
    time_machine.move_to(clock.now() + 2 * UPLOAD_LEASE)
    accept(upload.pk)

    assert Photo.objects.get().pk == upload.pk


def test_a_lost_file_is_told():
    """Somebody emptied the folder."""
    upload = IncomingUploadFactory(path="gone")
    accept(upload.pk)
    upload.refresh_from_db()

    assert (upload.status, upload.reason) == (UploadStatus.REFUSED, importing.LOST)


def test_a_gone_or_decided_upload_is_passed_over():
    """Nudges may come late or twice."""
    upload = IncomingUploadFactory(status=UploadStatus.REFUSED)
    accept(upload.pk)
    upload.delete()
    accept(upload.pk)

    assert not Photo.objects.exists()


def test_a_picture_made_elsewhere_brings_its_prompt():
    """And the raw text is kept beside it."""
    text = json.dumps(MADE)
    accept(IncomingUploadFactory(content=pictures.png(texts={"invokeai_metadata": text})).pk)
    photo = Photo.objects.get()

    assert (photo.is_generated, photo.generation_prompt, photo.model_name) == (True, "a fox", "SDXL")
    assert photo.generation_params["seed"] == 42
    assert photo.metadata["chunks"] == {"invokeai_metadata": text}


def test_a_picture_without_a_capture_date_is_as_old_as_its_file():
    """As told by the owner's machine."""
    moment = datetime(2020, 2, 2, tzinfo=UTC)
    accept(IncomingUploadFactory(modified_at=moment).pk)

    assert Photo.objects.get().taken_at == moment


def test_a_file_of_this_machine_stays_where_it_is(tmp_path):
    """It is copied."""
    path = tmp_path / "IMG_1.png"
    path.write_bytes(pictures.png())
    photo = import_file(path)

    assert (photo.original_name, path.exists()) == ("IMG_1.png", True)
    with pytest.raises(AlreadyHere):
        import_file(path)


def test_a_fetched_file_completes_its_photo(originals, fetched, nudges):
    """Its bytes, size and kind are known now."""
    photo = PhotoFactory(pending=True, retrieval_error="The server was away.")
    attached = complete_retrieval(photo.pk, fetched)
    photo.refresh_from_db()

    assert (attached.photo_id, attached.is_same) == (photo.pk, False)
    assert (photo.retrieval_status, photo.retrieval_error) == (RetrievalStatus.COMPLETED, None)
    assert (originals / photo.local_storage_path).read_bytes() == fetched.read_bytes()
    assert nudges == [("make_thumbnails", str(photo.pk))]


def test_what_the_row_says_was_asked_for_stays(fetched):
    """The recipe is the truth; the file fills gaps."""
    photo = PhotoFactory(pending=True, generation_prompt="what was asked")
    complete_retrieval(photo.pk, fetched)
    photo.refresh_from_db()

    assert (photo.generation_prompt, photo.model_key) == ("what was asked", "k1")


def test_fetching_twice_changes_nothing(fetched):
    """A task may run twice."""
    photo = PhotoFactory(pending=True)
    first, second = (complete_retrieval(photo.pk, fetched) for _ in range(2))

    assert first == second


def test_bytes_that_are_here_already_are_attached_and_restored(fetched):
    """The pending row is left for the caller to merge."""
    known = PhotoFactory(content=fetched.read_bytes(), trashed=True)
    pending = PhotoFactory(pending=True)
    attached = complete_retrieval(pending.pk, fetched)
    known.refresh_from_db()
    pending.refresh_from_db()

    assert (attached.photo_id, attached.is_same, known.in_trash) == (known.pk, True, False)
    assert pending.retrieval_status == RetrievalStatus.PENDING


def test_the_same_bytes_in_the_same_moment_are_attached(monkeypatch, fetched):
    """The unique checksum decides who was first."""
    pending = PhotoFactory(pending=True)
    known = PhotoFactory(content=fetched.read_bytes())
    answers = iter([None, known])
    monkeypatch.setattr(importing, "_restored", lambda checksum: next(answers))

    assert complete_retrieval(pending.pk, fetched) == importing.Attached(known.pk, is_same=True)


def test_bytes_whose_photo_is_just_being_purged_are_kept_anew(monkeypatch, fetched):
    """A photo on its way out cannot be attached."""
    known = PhotoFactory(content=fetched.read_bytes(), trashed=True)
    pending = PhotoFactory(pending=True)
    trashing.purge([known.pk])

    assert complete_retrieval(pending.pk, fetched).photo_id == pending.pk


def test_fetched_rubbish_is_refused(tmp_path):
    """Nothing changes; the caller decides whether to try again."""
    path = tmp_path / "rubbish"
    path.write_bytes(b"<html>502</html>")
    photo = PhotoFactory(pending=True)

    with pytest.raises(Refused):
        complete_retrieval(photo.pk, path)

    assert Photo.objects.get().retrieval_status == RetrievalStatus.PENDING


def test_a_fetch_for_a_photo_that_is_gone_leaves_nothing(originals, fetched):
    """The owner purged it meanwhile."""
    assert complete_retrieval(PhotoFactory.build().pk, fetched) is None
    assert files_in(originals) == []
