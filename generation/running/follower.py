"""The follower's loop: watch every server that has steps, nudge what is due, never wait for one thing only."""

import logging
from collections import defaultdict
from threading import Event
from time import monotonic
from uuid import UUID

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from generation.models import GenerationStep
from generation.running import heartbeat, sweeping
from generation.running.watching import Watch
from lib import clock
from lib.queue import enqueue
from settings_app.pods import driving

log = logging.getLogger(__name__)

TURN = 1.0
IDLE = 1.5
AFTER_FAULT = 3.0
IDLE_BEFORE_CLOSING = 60.0
NUDGE_AGAIN = 30.0


class Follower:
    """Follows all steps under way until it is told to stop."""

    def __init__(self, stop: Event) -> None:
        """Prepare; ``stop`` ends the loop."""
        self._stop = stop
        self._watches: dict[str, Watch] = {}
        self._used: dict[str, float] = {}
        self._nudged: dict[UUID, float] = {}
        self._beaten = float("-inf")

    def run(self) -> None:
        """Follow until stopped. A fault of the database, or of ours, is logged and never ends it."""
        try:
            while not self._stop.is_set():
                self._stop.wait(self._safe_turn())
        finally:
            self.close()

    def close(self) -> None:
        """Let go of all servers."""
        for watch in self._watches.values():
            watch.close()
        self._watches.clear()

    def _safe_turn(self) -> float:
        try:
            close_old_connections()
            return self.turn()
        except (DatabaseError, InterfaceError) as fault:
            log.warning("the database had a fault (%s), going on", type(fault).__name__)
            connection.close()
        except Exception:
            log.exception("the follower stumbled, going on")
        return AFTER_FAULT

    def turn(self) -> float:
        """Look at everything once and return how many seconds to wait before the next turn."""
        self._beat()
        self._nudge()
        waiting = defaultdict(list)
        for step in GenerationStep.objects.processing():
            waiting[step.server].append(step)
        if not waiting:
            self._close_unused(set())
            return IDLE
        share = TURN / len(waiting)
        left = sum(self._watch(server).turn(steps, wait=share) for server, steps in waiting.items())
        self._close_unused(set(waiting))
        return left

    def _watch(self, server: str) -> Watch:
        self._used[server] = monotonic()
        return self._watches.setdefault(server, Watch(server))

    def _close_unused(self, in_use: set[str]) -> None:
        now = monotonic()
        for server in [name for name in self._watches if name not in in_use]:
            if now - self._used[server] > IDLE_BEFORE_CLOSING:
                self._watches.pop(server).close()

    def _beat(self) -> None:
        if monotonic() - self._beaten >= heartbeat.EVERY.total_seconds():
            heartbeat.beat()
            self._beaten = monotonic()

    def _nudge(self) -> None:
        """Have tried again what has become due, without waiting for the sweep of the minute."""
        driving.nudge_due()
        self._nudged = {pk: at for pk, at in self._nudged.items() if monotonic() - at < NUDGE_AGAIN}
        for task, pk in sweeping.due_again(clock.now()):
            if pk not in self._nudged:
                self._nudged[pk] = monotonic()
                enqueue(task, pk)
