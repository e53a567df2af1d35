"""What waits to be done."""

from datetime import timedelta

import pytest
from django_q.models import OrmQ

from lib import clock, heartbeat, queue


@pytest.mark.django_db
def test_what_a_dead_worker_took_does_not_make_the_queue_look_busy() -> None:
    """It stays locked for a quarter of an hour, and must not keep the sweeps from asking again."""
    for _ in range(3):
        queue.enqueue(heartbeat.beat)
    taken = OrmQ.objects.order_by("pk").first()
    OrmQ.objects.filter(pk=taken.pk if taken else 0).update(lock=clock.now() + timedelta(minutes=15))

    assert queue.waiting() == 2
