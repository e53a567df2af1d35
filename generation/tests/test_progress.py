"""What the page shows is exact where it is recorded, and never goes backwards where it is heard."""

from datetime import timedelta

import pytest

from generation.choices import StepStatus
from generation.models import GenerationStep
from generation.running import progress
from generation.running.pace import time_left
from generation.tests.factories import StepFactory, make_recipe
from lib import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]


def test_nothing_is_claimed_before_anything_is_known() -> None:
    """No percent, no time."""
    shown = progress.of(StepFactory(), now=clock.now())

    assert (shown.percent, shown.elapsed, shown.remaining, shown.has_preview) == (None, None, None, False)


def test_finished_pictures_and_the_one_being_made_count() -> None:
    """One of four is done and the second half done: 37 per cent."""
    step = StepFactory(processing=True, images_pending=1)
    progress.tell(step.pk, fraction=0.5, item=2, message="Denoising")

    assert progress.of(step, now=clock.now()).percent == 37


def test_a_finished_picture_is_not_counted_twice() -> None:
    """It is recorded before the next one is heard of."""
    step = StepFactory(processing=True, images_pending=1)
    progress.tell(step.pk, fraction=1.0, item=1, message="Denoising")

    assert progress.of(step, now=clock.now()).percent == 25


def test_decoding_and_saving_do_not_take_the_percent_back() -> None:
    """They tell no fraction; the picture's last one holds until the next picture."""
    step = StepFactory(processing=True)
    progress.tell(step.pk, fraction=1.0, item=1, message="Denoising", preview=b"picture")
    progress.tell(step.pk, item=1, message="Saving image")
    kept = progress.heard_of(step.pk)
    progress.tell(step.pk, item=2, message="Starting")

    assert (kept.fraction, kept.preview, kept.message) == (1.0, 1, "Saving image")
    assert progress.heard_of(step.pk).fraction is None
    assert progress.preview_of(step.pk) == b"picture"


def test_experience_with_a_model_tells_how_long_it_takes() -> None:
    """Two seconds a picture before: four pictures take eight."""
    now = clock.now()
    StepFactory(status=StepStatus.COMPLETED, batch_size=2, submitted_at=now - timedelta(seconds=4), completed_at=now)
    step = StepFactory(processing=True, submitted_at=now - timedelta(seconds=3))

    assert progress.of(step, now=now).remaining == timedelta(seconds=5)


def test_what_takes_longer_than_ever_is_not_given_a_time() -> None:
    """A wrong promise is worse than none."""
    now = clock.now()
    StepFactory(status=StepStatus.COMPLETED, batch_size=1, submitted_at=now - timedelta(seconds=1), completed_at=now)
    step = StepFactory(processing=True, submitted_at=now - timedelta(minutes=3))

    shown = progress.of(step, now=now)

    assert (shown.remaining, shown.is_late) == (None, True)


def test_its_own_pace_counts_more_and_more() -> None:
    """Experience said eight seconds; a picture of four took a minute, so three more take about three."""
    usual, ran = timedelta(seconds=8), timedelta(minutes=1)

    assert usual < time_left(usual, ran, 1 / 6) < ran * 5
    assert time_left(usual, ran, 0.5) == ran
    assert time_left(None, ran, 0.25) == timedelta(minutes=3)


def test_the_wait_behind_others_is_not_its_own_pace() -> None:
    """It counts from when its first picture is begun."""
    now = clock.now()
    step = StepFactory(processing=True, submitted_at=now - timedelta(hours=1))
    progress.tell(step.pk, fraction=0.0, item=1)
    progress.tell(step.pk, fraction=1.0, item=2)
    GenerationStep.objects.filter(pk=step.pk).update(images_pending=1)
    step.refresh_from_db()

    remaining = progress.of(step, now=clock.now() + timedelta(seconds=10)).remaining
    assert remaining
    assert timedelta(seconds=9) < remaining < timedelta(seconds=12)


def test_more_pixels_take_longer() -> None:
    """Experience with small pictures tells something of large ones: four times the pixels, four times the time."""
    now = clock.now()
    StepFactory(status=StepStatus.COMPLETED, batch_size=1, submitted_at=now - timedelta(seconds=2), completed_at=now)
    large = StepFactory(processing=True, submitted_at=now, recipe=make_recipe(width=1024, height=1024, seeds=(1,)))

    assert progress.of(large, now=now).remaining == timedelta(seconds=8)
