"""What pods were charged, by hour or by day, as the API tells it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from demo.runpod.pods import FakePod
from demo.runpod.world import World

Json = dict[str, Any]
BUCKETS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


def records(world: World, since: datetime, until: datetime, bucket: str) -> list[Json]:
    """Return a record for each pod and bucket in which it cost something; the window snaps outward to whole ones."""
    now, size = world.clock(), BUCKETS[bucket]
    begin, found = _floor(since, bucket), []
    while begin <= min(until, now):
        found += [_record(pod, begin, begin + size, cost) for pod, cost in _costs(world, begin, min(begin + size, now))]
        begin += size
    return found


def _costs(world: World, since: datetime, until: datetime) -> Iterator[tuple[FakePod, Decimal]]:
    for pod in world.pods.values():
        cost = (pod.bill(until) - pod.bill(since)) * Decimal(world.quirks.billed_times)
        if cost:
            yield pod, cost


def _record(pod: FakePod, since: datetime, until: datetime, cost: Decimal) -> Json:
    amount = float(round(cost, 6))
    return {
        "startTime": since.isoformat(),
        "endTime": until.isoformat(),
        "podId": pod.id,
        "totalAmount": amount,
        "gpuAmount": amount,
        "cpuAmount": 0,
        "diskAmount": 0,
    }


def _floor(moment: datetime, bucket: str) -> datetime:
    whole = moment.replace(minute=0, second=0, microsecond=0)
    return whole.replace(hour=0) if bucket == "day" else whole
