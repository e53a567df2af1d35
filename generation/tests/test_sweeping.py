"""What nobody works on is found again."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from demo.standin.running import StandIn
from generation import tasks
from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep
from generation.running import heartbeat, sweeping
from generation.tests.conftest import Nudges, asked, fresh, sent
from generation.tests.factories import MadePhotoFactory, StepFactory
from lib import clock

pytestmark = pytest.mark.django_db


def test_due_steps_and_pictures_are_nudged(nudges: Nudges) -> None:
    """Those that are leased, or wait for their time, are left alone."""
    now = clock.now()
    soon = now + timedelta(minutes=1)
    step, photo = StepFactory(), MadePhotoFactory()
    StepFactory(lease_until=soon)
    MadePhotoFactory(next_retrieval_at=soon)
    sweeping.sweep(now=now)

    assert asked(nudges, "submit_step") == [step.pk]
    assert asked(nudges, "retrieve_photo") == [photo.pk]


def test_without_a_follower_the_sweep_asks(nudges: Nudges, server: StandIn) -> None:
    """Slowly, but the pictures come."""
    step = sent(server)
    server.wait_until_idle()
    sweeping.sweep(now=clock.now())
    assert asked(nudges, "refresh_step") == [step.pk]

    tasks.refresh_step(str(step.pk))
    assert fresh(step).status == StepStatus.COMPLETED


def test_with_a_follower_it_does_not(nudges: Nudges) -> None:
    """One asks already."""
    StepFactory(processing=True)
    heartbeat.beat()
    sweeping.sweep(now=clock.now())

    assert not asked(nudges, "refresh_step")


def test_late_pictures_are_looked_for_only_for_a_while(nudges: Nudges) -> None:
    """A step cancelled just now may have one; of an hour ago none is expected."""
    now = clock.now()
    late = StepFactory(status=StepStatus.FAILED, outcome=Outcome.CANCELLED, attempts=1, completed_at=now)
    StepFactory(status=StepStatus.FAILED, outcome=Outcome.CANCELLED, attempts=1, completed_at=now - timedelta(hours=1))
    StepFactory(status=StepStatus.FAILED, outcome=Outcome.REFUSED, attempts=1, completed_at=now)
    sweeping.sweep(now=now)

    assert asked(nudges, "look_again") == [late.pk]


def test_a_cancel_that_met_a_lost_answer_is_carried_out_later(nudges: Nudges, server: StandIn) -> None:
    """The batch had arrived; the step was cancelled before anybody knew."""
    server.pause()
    step = sent(server)
    GenerationStep.objects.filter(pk=step.pk).update(
        status=StepStatus.FAILED, outcome=Outcome.CANCELLED, completed_at=clock.now()
    )
    tasks.look_again(str(step.pk))

    assert {item.status for item in server.queue.items.values()} == {"canceled"}


@pytest.mark.parametrize("task", [tasks.refresh_step, tasks.cancel_step, tasks.look_again])
def test_tasks_are_quiet_when_the_server_is_away(nudges: Nudges, server: StandIn, task: object) -> None:
    """The next one asks again."""
    step = sent(server)
    GenerationStep.objects.filter(pk=step.pk).update(cancel_requested_at=clock.now())
    server.stop()
    task(str(step.pk))  # type: ignore[operator]

    assert fresh(step).status == StepStatus.PROCESSING


@pytest.mark.parametrize(
    "task", [tasks.submit_step, tasks.refresh_step, tasks.cancel_step, tasks.look_again, tasks.retrieve_photo]
)
def test_tasks_are_quiet_when_the_row_is_gone(task: object) -> None:
    """A nudge may come late."""
    cache.clear()
    task("00000000-0000-4000-8000-000000000000")  # type: ignore[operator]

    assert not GenerationStep.objects.exists()


def test_a_picture_whose_worker_died_before_counting_is_counted(nudges: Nudges) -> None:
    """The picture is here; only its step had not heard of it."""
    step, photo = StepFactory(processing=True), MadePhotoFactory(here=True)
    step.alternatives.create(image=photo)
    GenerationStep.objects.filter(pk=step.pk).update(images_pending=1)
    sweeping.sweep(now=clock.now())

    assert (fresh(step).images_retrieved, fresh(step).images_pending) == (1, 0)
