"""Of several that want the same step in the same moment, one gets it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import connection

from generation.choices import StepStatus
from generation.models import GenerationStep, StepAlternative
from generation.running.recording import Made, record
from generation.tests.conftest import Nudges, fresh
from generation.tests.factories import StepFactory
from lib import clock
from photos.models import Photo

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


def at_once(act: Callable[[], T], times: int = 6) -> list[T]:
    """Do something in several threads, each with its own connection."""

    def alone(_number: int) -> T:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(alone, range(times)))


def test_one_worker_claims_a_step() -> None:
    """The others find it leased."""
    step = StepFactory()
    claims = at_once(lambda: GenerationStep.objects.claim(step.pk, now=clock.now()))

    assert len([claim for claim in claims if claim]) == 1
    assert fresh(step).attempts == 1


def test_one_ending_wins() -> None:
    """Follower, sweep and a cancel may all see it end."""
    step = StepFactory(processing=True)
    moves = at_once(lambda: GenerationStep.objects.move(step.pk, to=StepStatus.COMPLETED))

    assert sorted(moves) == [False] * 5 + [True]


def test_a_picture_noticed_by_several_is_recorded_once(nudges: Nudges) -> None:
    """The constraint decides, and everybody else finds the row."""
    step = StepFactory(processing=True)
    at_once(lambda: record(step, Made("one.png", 512, 512, 11)))

    assert Photo.objects.count() == StepAlternative.objects.count() == 1
    assert len(nudges) == 1
    assert fresh(step).images_pending == 1
