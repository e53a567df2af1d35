"""The one way to ask a worker for something: nobody else imports django-q2."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Max
from django_q.models import OrmQ, Schedule, Task
from django_q.tasks import async_task

from lib import clock


def enqueue(task: Callable[..., None], *ids: object) -> None:
    """Ask a worker to run ``task`` soon.

    The message is a row of the same database: inside ``atomic()`` it commits or vanishes with the rows it is about.
    It is a nudge, nothing more; it may be lost or come twice.

    Args:
        task: a function at the top level of a module; it is called by its dotted name.
        ids: primary keys, positional. Objects would be pickled and stale, and keywords can be taken for
            the queue's own options.
    """
    async_task(dotted_name(task), *(str(identifier) for identifier in ids))


def schedule(name: str, task: Callable[..., None], *, minutes: int) -> None:
    """Have ``task`` run every so many minutes, under a name that is used once. Safe to repeat."""
    values: dict[str, Any] = {"func": dotted_name(task), "schedule_type": Schedule.MINUTES, "minutes": minutes}
    Schedule.objects.update_or_create(name=name, defaults=values)


def forget_schedules_except(names: set[str]) -> None:
    """Drop the schedules that no longer exist in the code."""
    Schedule.objects.exclude(name__in=names).delete()


def last_finished() -> datetime | None:
    """Return when the workers last finished a task, well or badly; None when they never did."""
    latest: datetime | None = Task.objects.aggregate(latest=Max("stopped"))["latest"]
    return latest


def waiting() -> int:
    """Return how many messages no worker has taken yet.

    What a worker took is locked until it is done, or for a quarter of an hour after the worker died; it is left out,
    or a killed cluster would look like a busy one.
    """
    count: int = OrmQ.objects.filter(lock__lte=clock.now()).count()
    return count


def dotted_name(task: Callable[..., None]) -> str:
    """Return the name a worker imports the task by."""
    return f"{task.__module__}.{task.__qualname__}"
