"""Handing files in over HTTP."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from photos.models import IncomingUpload
from photos.tests import pictures
from photos.tests.factories import IncomingUploadFactory, PhotoFactory

JSON = {"Accept": "application/json"}


def _file(content: bytes = b"", name: str = "harbour.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pictures.png(), "image/png")


def test_a_file_is_taken_in_and_waits(owner_client):
    """The answer tells by which id its fate can be asked."""
    response = owner_client.post("/uploads/", {"file": _file(), "modified": "1700000000000"}, headers=JSON)

    upload = IncomingUpload.objects.get()
    assert response.status_code == 201
    assert (response.json()["id"], response.json()["is_settled"]) == (str(upload.pk), False)
    assert upload.modified_at is not None
    assert upload.modified_at.year == 2023


def test_the_panel_asks_what_became_of_its_files(owner_client):
    """Unknown ids are left out; a duplicate in the trash can be restored."""
    photo = PhotoFactory(trashed=True)
    upload = IncomingUploadFactory(status="duplicate", photo=photo)

    told = owner_client.get("/uploads/", {"ids": f"{upload.pk},nonsense"}, headers=JSON).json()["uploads"]

    assert [one["restore"] for one in told] == [f"/photos/{photo.pk}/restore/"]
    assert told[0]["photo"] == photo.get_absolute_url()


def test_a_request_without_a_file_is_told(owner_client):
    """The panel gets a reason, not a broken answer."""
    response = owner_client.post("/uploads/", headers=JSON)

    assert (response.status_code, "No file" in response.json()["reason"]) == (400, True)


def test_a_plain_form_takes_several_files(owner_client):
    """Without scripts the page of imports lists what was handed in."""
    files = [_file(pictures.png(seed=1), "one.png"), _file(pictures.png(seed=2), "two.png")]
    page = owner_client.post("/uploads/", {"file": files}, follow=True).content.decode()

    assert "2 pictures handed in" in page
    assert "one.png" in page
    assert "two.png" in page


def test_a_plain_form_says_how_many_were_too_many(owner_client, monkeypatch):
    """More than Django's hundred come in; what is beyond the limit is told, not answered with an error."""
    monkeypatch.setattr("photos.intake.handing_in.MOST_FILES", 110)
    files = [_file(b"x%d" % number, f"{number}.png") for number in range(113)]
    page = owner_client.post("/uploads/", {"file": files}, follow=True).content.decode()

    assert IncomingUpload.objects.count() == 110
    assert "3 pictures beyond what one form takes: choose the rest, without the first 110" in page


def test_the_list_of_files_costs_the_same_however_long_it_is(owner_client, django_assert_max_num_queries):
    """Photos of the files come with the files."""
    for _ in range(5):
        IncomingUploadFactory(status="accepted", photo=PhotoFactory())

    with django_assert_max_num_queries(4):
        owner_client.get("/uploads/")


def _asked(client, *checksums):
    return client.post("/uploads/known/", {"checksums": list(checksums)}, content_type="application/json")


def test_the_browser_asks_what_is_here_before_it_sends(owner_client):
    """What is in the trash comes with the way out of it; what is unknown is not in the answer."""
    here, thrown_away = PhotoFactory(), PhotoFactory(trashed=True)
    known = _asked(owner_client, here.checksum, thrown_away.checksum, "0" * 64).json()["known"]

    assert known == {
        here.checksum: {"photo": here.get_absolute_url(), "restore": ""},
        thrown_away.checksum: {
            "photo": thrown_away.get_absolute_url(),
            "restore": f"/photos/{thrown_away.pk}/restore/",
        },
    }


def test_hundreds_are_asked_about_in_one_query(owner_client, django_assert_max_num_queries):
    """Beside session and user."""
    photos = PhotoFactory.create_batch(20)

    with django_assert_max_num_queries(3):
        assert len(_asked(owner_client, *(photo.checksum for photo in photos)).json()["known"]) == 20


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"checksums": "a"}', '{"checksums": [1]}', '{"checksums": ["x"]}'])
def test_a_question_without_sense_is_told(owner_client, body):
    """Nothing breaks."""
    assert owner_client.post("/uploads/known/", body, content_type="application/json").status_code == 400


def test_too_many_questions_at_once_are_told(owner_client):
    """The panel asks in portions."""
    assert _asked(owner_client, *["0" * 64] * 501).status_code == 400


def test_a_visitor_learns_nothing_of_what_is_here(visitor, db):
    """Not even whether."""
    assert _asked(visitor, PhotoFactory().checksum).status_code in {302, 403}
