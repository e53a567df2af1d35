"""Watch the steps of one server: by its events, which hasten everything, and by asking, which misses nothing."""

import logging
from collections.abc import Iterable
from time import monotonic
from uuid import UUID

from django.db import DatabaseError

from clients.errors import RemoteBusy, RemoteError, RemoteUnreachable
from clients.invokeai import InvokeAI
from generation.choices import Outcome
from generation.models import GenerationStep
from generation.running import absence, following, progress
from generation.running.listening import Listener
from settings_app import connections

log = logging.getLogger(__name__)

# Seconds between two questions about one step: soon after news, more and more seldom without.
SOONEST = 1.0
SLOWING = 1.5
LATEST = 5.0
LATEST_WITH_EVENTS = 10.0
# Seconds to leave a server alone.
ABSENCE = (1.0, 2.0, 4.0, 8.0, 10.0)
AFTER_REFUSAL = 30.0
AFTER_DEAF = 15.0


class Watch:
    """One server and the pace at which it is asked. Moments are those of the monotonic clock, in seconds."""

    def __init__(self, server: str) -> None:
        """Prepare, without calling anybody."""
        self.server = server
        self._listener = Listener(server)
        self._client: InvokeAI | None = None
        self._open_at = 0.0
        self._away_until = 0.0
        self._absences = 0
        self._due: dict[UUID, float] = {}
        self._pauses: dict[UUID, float] = {}

    def turn(self, steps: Iterable[GenerationStep], *, wait: float) -> float:
        """Listen for up to ``wait`` seconds, then ask about the steps whose turn it is.

        Returns:
            How many of these seconds are left to wait: without events there is nothing to listen to.
        """
        watched = {step.batch_id: step for step in steps}
        self._forget_all_but({step.pk for step in watched.values()})
        left = self._listen(watched, wait)
        for step in watched.values():
            if self._due.get(step.pk, 0.0) <= monotonic() >= self._away_until:
                self._ask(step)
        return left

    def close(self) -> None:
        """Let go of the connections."""
        self._listener.close()
        if self._client:
            self._client.close()
            self._client = None

    def _forget_all_but(self, under_way: set[UUID]) -> None:
        self._due = {pk: moment for pk, moment in self._due.items() if pk in under_way}
        self._pauses = {pk: pause for pk, pause in self._pauses.items() if pk in under_way}

    def _listen(self, watched: dict[str, GenerationStep], seconds: float) -> float:
        """Listen; when the connection begins or breaks, ask about everything, since nothing is told twice."""
        was_open = self._listener.is_open or self._open()
        left = self._listener.listen(watched, seconds)
        for pk in self._listener.hastened:
            self._due[pk] = 0.0
            self._pauses.pop(pk, None)
        self._listener.hastened.clear()
        if was_open and not self._listener.is_open:
            self._open_at = monotonic() + SOONEST
            self._due.clear()
        return left

    def _open(self) -> bool:
        if monotonic() < max(self._open_at, self._away_until):
            return False
        if self._listener.open():
            self._due.clear()
            return True
        self._open_at = monotonic() + AFTER_DEAF
        return False

    def _ask(self, step: GenerationStep) -> None:
        try:
            is_new = following.refresh(step, self._connected())
        except RemoteBusy as busy:
            self._due[step.pk] = monotonic() + busy.retry_after
        except RemoteUnreachable as failure:
            self._leave_alone(step, failure)
        except RemoteError as failure:
            if connections.is_lost(self.server):
                following.end(step, Outcome.LOST, str(failure))
                return
            progress.tell(step.pk, message=str(failure))
            self._due[step.pk] = monotonic() + AFTER_REFUSAL
        except DatabaseError:
            raise
        except Exception:  # one step that we stumble over must not keep the others from being asked about
            log.exception("step %s: could not be followed", step.pk)
            self._due[step.pk] = monotonic() + AFTER_REFUSAL
        else:
            self._absences = 0
            self._slow_down(step.pk, is_new=is_new)

    def _slow_down(self, pk: UUID, *, is_new: bool) -> None:
        slowest = LATEST_WITH_EVENTS if self._listener.is_open else LATEST
        pause = SOONEST if is_new else min(self._pauses.get(pk, SOONEST) * SLOWING, slowest)
        self._pauses[pk] = pause
        self._due[pk] = monotonic() + pause

    def _leave_alone(self, step: GenerationStep, failure: RemoteUnreachable) -> None:
        """Let the server come back, asking more and more seldom, and tell the owner what is waited for."""
        if not self._absences:
            log.info("%s: away", self.server)
        absence.note(self.server)
        self._away_until = monotonic() + ABSENCE[min(self._absences, len(ABSENCE) - 1)]
        self._absences += 1
        self.close()
        progress.tell(step.pk, message=str(failure))

    def _connected(self) -> InvokeAI:
        """Return the client; after an absence the server may be another version, or elsewhere: that is asked anew."""
        if self._client is None:
            self._client = connections.invokeai_for(self.server)
        if self._absences:
            self._client.version()
        return self._client
