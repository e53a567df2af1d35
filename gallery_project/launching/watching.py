"""Noticing processes that live and do nothing: a result queue can lock up without any process dying."""

import time
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

from gallery_project.launching.logs import show
from gallery_project.launching.supervising import Supervisor
from lib import heartbeat, queue

PATIENCE = 300.0
BETWEEN_LOOKS = 15.0


def workers_sign() -> object:
    """Return something that is another thing whenever the workers have done anything.

    The beat alone would not do: it waits its turn behind a long queue of other tasks.
    """
    return heartbeat.last_beat(), queue.last_finished()


def followers_sign() -> object:
    """Return something that is another thing whenever the follower has gone its round."""
    return heartbeat.last_beat(heartbeat.FOLLOWER)


class Watch:
    """Restarts one program when nothing is heard of it for too long.

    It measures since when the sign has not changed by its own clock, which stands still while the machine sleeps.
    """

    def __init__(
        self,
        supervisor: Supervisor,
        name: str,
        sign: Callable[[], object],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.supervisor = supervisor
        self.name = name
        self.sign = sign
        self.clock = clock
        self.seen: object = None
        self.changed = self.looked = clock()

    def look(self) -> None:
        """Look, unless it was only just done."""
        now = self.clock()
        if now - self.looked < BETWEEN_LOOKS:
            return
        self.looked = now
        try:
            close_old_connections()
            seen = self.sign()
        except DatabaseError:
            return
        if seen != self.seen:
            self.seen, self.changed = seen, now
        elif min(now - self.changed, self.supervisor.uptime(self.name)) > PATIENCE:
            show(f"Nothing is heard of “{self.name}”; starting it again.")
            self.supervisor.restart(self.name)
