"""The words for how a step stands."""

from datetime import UTC, datetime, timedelta

import pytest

from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep
from generation.running import progress
from generation.showing import telling
from generation.showing.studio import step_view
from generation.tests.factories import AlternativeFactory, MadePhotoFactory, StepFactory
from lib import clock

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is twelve o'clock."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def told(step: GenerationStep) -> telling.Told | None:
    return telling.progress_of(step_view(step))


@pytest.mark.django_db
def test_a_step_that_waits_says_why_since_when_and_until_when() -> None:
    """The reason is the client's; the rest is ours."""
    step = StepFactory(created_at=NOW, error_message="Nothing answers.", lease_until=NOW + timedelta(seconds=30))

    waiting = told(step)
    assert waiting
    assert waiting.reason_headline == "Waiting since 12:00:00"
    assert waiting.reason == "Nothing answers. Tries again at 12:00:30. Nothing is lost."


@pytest.mark.django_db
def test_the_place_in_the_queue_is_told() -> None:
    """While others are before us nothing is being made for us."""
    step = StepFactory(processing=True, submitted_at=NOW - timedelta(seconds=5))
    progress.tell(step.pk, place=2, message="")

    waiting = told(step)
    assert waiting
    assert (waiting.headline, waiting.detail) == ("2 requests before yours", "0:05")


@pytest.mark.django_db
def test_the_picture_being_made_is_told_with_its_percent() -> None:
    """The bar is for the whole step, the percent on the card for its picture."""
    step = StepFactory(processing=True, submitted_at=NOW - timedelta(seconds=65), images_retrieved=1)
    progress.tell(step.pk, fraction=0.5, item=2, message="Denoising", preview=b"jpeg")

    running = told(step)
    assert running
    assert (running.headline, running.percent, running.picture_percent) == ("Making picture 2 of 4", 37, 48)
    assert running.has_preview


@pytest.mark.django_db
def test_loading_a_model_is_told_while_no_picture_moves() -> None:
    """A cold model can take minutes."""
    step = StepFactory(processing=True, submitted_at=NOW)
    progress.tell(step.pk, message="Loading model")

    running = told(step)
    assert running
    assert running.detail == "Loading model, 0:00"


@pytest.mark.django_db
def test_a_server_that_stands_still_says_why() -> None:
    """A paused queue is a sentence, not a word beside the clock."""
    step = StepFactory(processing=True, submitted_at=NOW)
    progress.tell(step.pk, message="InvokeAI’s queue is paused.")

    running = told(step)
    assert running
    assert (running.headline, running.detail) == ("Paused at picture 1 of 4", "")
    assert running.reason == "InvokeAI’s queue is paused. This goes on by itself then. Nothing is lost."


@pytest.mark.django_db
def test_a_finished_step_has_nothing_to_tell() -> None:
    """All asked for came."""
    step = StepFactory(status=StepStatus.COMPLETED)

    assert told(step) is None
    assert telling.ending_of(step_view(step)) is None


@pytest.mark.django_db
def test_an_ending_says_what_is_kept() -> None:
    """A cancelled step keeps what came, and is nothing to worry about."""
    step = StepFactory(status=StepStatus.COMPLETED, outcome=Outcome.CANCELLED)
    AlternativeFactory(step=step, image=MadePhotoFactory(here=True))

    ending = telling.ending_of(step_view(step))
    assert ending
    assert (ending.headline, ending.kept) == ("Cancelled", "1 of 4 pictures came and is kept.")
    assert not ending.is_bad
    assert not ending.may_repeat


@pytest.mark.django_db
def test_what_came_is_announced() -> None:
    """For those who do not see the picture arrive."""
    step = StepFactory(processing=True)
    AlternativeFactory(step=step, image=MadePhotoFactory(here=True))

    assert telling.news(step_view(step)) == "Picture 1 of 4 is here."
    GenerationStep.objects.filter(pk=step.pk).update(status=StepStatus.COMPLETED)
    step.refresh_from_db()
    assert telling.news(step_view(step)) == "Step finished, 1 picture."


@pytest.mark.parametrize(("seconds", "written"), [(8, "0:08"), (83, "1:23"), (3725, "1:02:05"), (-1, "0:00")])
def test_a_span_is_written_as_a_clock_does(seconds: int, written: str) -> None:
    """Minutes and seconds, hours only when there are any."""
    assert telling.minutes(timedelta(seconds=seconds)) == written
