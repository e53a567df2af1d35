"""Questions about many photos, and the claims on one."""

from datetime import UTC, datetime, timedelta

import pytest

from photos.choices import RetrievalStatus, UploadStatus
from photos.models import IncomingUpload, Photo
from photos.querysets import RETRIEVAL_LEASE, THUMBNAIL_ATTEMPTS, UPLOAD_ATTEMPTS, UPLOAD_LEASE
from photos.tests.factories import IncomingUploadFactory, PhotoFactory

pytestmark = pytest.mark.django_db
T0 = datetime(2026, 6, 1, tzinfo=UTC)


def test_the_timeline_shows_what_is_here_and_not_thrown_away():
    """Waiting, failed and trashed pictures have pages of their own."""
    shown = PhotoFactory()
    PhotoFactory(pending=True)
    PhotoFactory(failed=True)
    PhotoFactory(trashed=True)

    assert list(Photo.objects.visible()) == [shown]


def test_one_fetch_at_a_time():
    """The second worker gets nothing until the first one's lease has run out."""
    photo = PhotoFactory(pending=True)
    moments = [T0, T0 + timedelta(seconds=1), T0 + RETRIEVAL_LEASE]

    claims = [Photo.objects.claim_retrieval(photo.pk, now=now) for now in moments]

    assert [bool(claim) for claim in claims] == [True, False, True]


def test_a_fetch_is_counted_before_it_begins():
    """A worker killed in the middle has still used up an attempt."""
    claimed = Photo.objects.claim_retrieval(PhotoFactory(pending=True).pk, now=T0)

    assert (claimed.retrieval_attempts, claimed.last_retrieval_attempt) == (1, T0)


@pytest.mark.parametrize(
    ("next_at", "status"), [(T0 + timedelta(minutes=1), RetrievalStatus.PENDING), (None, RetrievalStatus.FAILED)]
)
def test_a_failed_fetch_waits_or_rests(next_at, status):
    """With a next moment it is tried again then; without, it rests until the owner retries."""
    photo = PhotoFactory(pending=True)
    Photo.objects.retrieval_failed(photo.pk, error="The server is away.", next_at=next_at)
    photo.refresh_from_db()

    assert (photo.retrieval_status, photo.next_retrieval_at, photo.retrieval_error) == (
        status,
        next_at,
        "The server is away.",
    )


def test_a_late_failure_does_not_undo_a_finished_fetch():
    """Two workers raced; the picture is here."""
    photo = PhotoFactory()

    assert not Photo.objects.retrieval_failed(photo.pk, error="late", next_at=None)
    assert Photo.objects.get().retrieval_status == RetrievalStatus.COMPLETED


def test_a_picture_that_kills_its_worker_is_left_alone_in_the_end():
    """Attempts are counted at the claim."""
    photo = PhotoFactory()
    claims = [Photo.objects.claim_thumbnail(photo.pk) for _ in range(THUMBNAIL_ATTEMPTS + 1)]

    assert [bool(claim) for claim in claims] == [True] * THUMBNAIL_ATTEMPTS + [False]


@pytest.mark.parametrize("traits", [{"with_thumbnail": True}, {"pending": True}])
def test_no_thumbnail_is_made_twice_or_of_nothing(traits):
    """There is a thumbnail, or no picture to make it from."""
    PhotoFactory(**traits)

    assert not Photo.objects.needing_thumbnails()


def test_an_upload_is_looked_at_by_one_worker_and_not_for_ever():
    """The lease keeps others away; the count gives up on a file that kills."""
    upload = IncomingUploadFactory()
    moments = [T0 + number * 2 * UPLOAD_LEASE for number in range(UPLOAD_ATTEMPTS + 1)]

    claims = [IncomingUpload.objects.claim(upload.pk, now=now) for now in moments]

    assert [bool(claim) for claim in claims] == [True] * UPLOAD_ATTEMPTS + [False]
    assert IncomingUpload.objects.hopeless(now=moments[-1]).count() == 1


def test_the_first_decision_about_an_upload_stands():
    """A second worker cannot refuse what the first accepted."""
    upload = IncomingUploadFactory()
    wins = [
        IncomingUpload.objects.decide(upload.pk, status) for status in (UploadStatus.ACCEPTED, UploadStatus.REFUSED)
    ]

    assert wins == [True, False]
