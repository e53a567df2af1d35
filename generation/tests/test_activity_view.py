"""The page of what is under way."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from generation.choices import Outcome, StepStatus
from generation.tests.conftest import Nudges
from generation.tests.factories import MadePhotoFactory, StepFactory
from lib import clock
from photos.choices import RetrievalStatus
from photos.models import Photo

pytestmark = pytest.mark.django_db
PAGE = "/activity/"


def titles(client: Client) -> dict[str, int]:
    """Return the page's sections and how much is in each."""
    return {section.name: section.total for section in client.get(PAGE).context["sections"]}


def fill() -> None:
    """Put one thing of each kind on the page."""
    now = clock.now()
    StepFactory()
    StepFactory(processing=True)
    StepFactory(error_message="Nothing answers.", lease_until=now)
    StepFactory(status=StepStatus.FAILED, outcome=Outcome.FAILED, completed_at=now, error_message="Out of memory.")
    MadePhotoFactory()
    MadePhotoFactory(retrieval_error="Nothing answers.", next_retrieval_at=now, retrieval_attempts=2)
    MadePhotoFactory(retrieval_status=RetrievalStatus.FAILED, retrieval_error="Gone.")


def test_nothing_under_way_is_said_plainly(owner_client: Client) -> None:
    """The empty page says what appears here."""
    assert b"Nothing is waiting" in owner_client.get(PAGE).content


def test_everything_stands_where_it_belongs(owner_client: Client) -> None:
    """Steps and fetches alike."""
    fill()

    assert titles(owner_client) == {"running": 1, "retrying": 2, "waiting": 2, "failed": 2}


def test_what_is_tried_again_says_why_and_when(owner_client: Client) -> None:
    """And how often it was tried."""
    MadePhotoFactory(retrieval_error="Nothing answers.", next_retrieval_at=clock.now(), retrieval_attempts=2)

    page = owner_client.get(PAGE).content.decode()
    assert "Nothing answers. Tries again at" in page
    assert "Tried 2 times." in page


def test_old_failures_and_cancelled_steps_are_left_out(owner_client: Client) -> None:
    """What the owner stopped is no failure, and a week is enough to see one."""
    StepFactory(status=StepStatus.FAILED, outcome=Outcome.CANCELLED, completed_at=clock.now())
    StepFactory(status=StepStatus.FAILED, outcome=Outcome.FAILED, completed_at=clock.now() - timedelta(days=8))

    assert titles(owner_client) == {}


def test_more_work_needs_no_more_queries(owner_client: Client) -> None:
    """The page of seven things costs what the page of twenty-one costs."""
    counts = []
    for times in (1, 2):
        for _ in range(times):
            fill()
        owner_client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            owner_client.get(PAGE)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_resting_picture_can_be_fetched_again(owner_client: Client, nudges: Nudges) -> None:
    """At once, with all its attempts before it."""
    photo = MadePhotoFactory(retrieval_status=RetrievalStatus.FAILED, retrieval_attempts=8)
    owner_client.post(f"/activity/retrievals/{photo.pk}/retry/")

    photo.refresh_from_db()
    assert (photo.retrieval_status, photo.retrieval_attempts) == (RetrievalStatus.PENDING, 0)
    assert nudges == [("retrieve_photo", str(photo.pk))]


def test_a_waiting_picture_can_be_given_up(owner_client: Client) -> None:
    """It rests, and stays on the page to be tried again."""
    photo = MadePhotoFactory()
    owner_client.post(f"/activity/retrievals/{photo.pk}/give-up/")

    assert Photo.objects.get(pk=photo.pk).retrieval_status == RetrievalStatus.FAILED
    assert titles(owner_client) == {"failed": 1}


@pytest.mark.parametrize(("steps", "badge"), [(0, ""), (2, '<span class="nav__count" aria-label="2 running">2</span>')])
def test_the_badge_counts_what_is_not_finished(owner_client: Client, steps: int, badge: str) -> None:
    """Nothing to do is no badge."""
    StepFactory.create_batch(steps)

    assert owner_client.get("/activity/count/").content.decode().strip() == badge
