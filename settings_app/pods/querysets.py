"""Questions about pods, and the only way to move one."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from lib import clock
from settings_app.pods.choices import MOVES, REACHABLE, State

if TYPE_CHECKING:
    from settings_app.pods.models import Pod, PodSession, RateSegment  # noqa: F401

# Longer than a worker may take for a task, so that it ends only when the worker is certainly dead.
LEASE = timedelta(seconds=90)
LONGEST_PAUSE = timedelta(minutes=15)


class PodQuerySet(models.QuerySet["Pod"]):
    """The vocabulary for asking about pods."""

    def present(self) -> Self:
        """Keep the present pod: at most one."""
        return self.exclude(state=State.GONE).filter(replaced_at=None)

    def awake(self) -> Self:
        """Keep the present pod unless it certainly costs nothing, and will not by itself."""
        rested = Q(state=State.STOPPED) | Q(state=State.ERROR, pod_id="")
        return self.present().exclude(rested)

    def replaced(self) -> Self:
        """Keep those that wait to be deleted."""
        return self.exclude(state=State.GONE).exclude(replaced_at=None)

    def current(self) -> "Pod | None":
        """Return the present pod, or None."""
        return self.present().select_related("account").first()

    def latest_on(self, server: str) -> "Pod | None":
        """Return the newest pod behind a server's identity; None when there never was one."""
        kind, _, identity = server.removeprefix("runpod:").partition(":")
        return self.select_related("account").filter(_behind(kind, identity)).order_by("-created_at").first()

    def behind(self, server: str) -> Self:
        """Keep the pods behind a server's identity."""
        kind, _, identity = server.removeprefix("runpod:").partition(":")
        return self.filter(_behind(kind, identity))

    def reachable(self) -> Self:
        """Keep those in which InvokeAI answers."""
        return self.filter(state__in=REACHABLE)

    def due(self, *, now: datetime) -> Self:
        """Keep those whose turn it is and which nobody works on.

        A moment too far ahead was written before the clock was set back, and counts as passed.
        """
        passed = Q(next_turn_at__lte=now) | Q(next_turn_at__gt=now + LONGEST_PAUSE)
        return self.exclude(state=State.GONE).filter(passed).filter(_is_free(now))

    def claim(self, pk: uuid.UUID, *, now: datetime) -> "Pod | None":
        """Lease one pod for one turn; None when somebody else has it."""
        key = uuid.uuid4()
        free = self.exclude(state=State.GONE).filter(_is_free(now), pk=pk)
        if free.update(lease_until=now + LEASE, lease_key=key):
            return self.select_related("account").get(pk=pk)
        return None

    def release(self, pk: uuid.UUID, key: uuid.UUID | None) -> bool:
        """Give a lease back; False when it had ended and somebody else holds one."""
        return self.filter(pk=pk, lease_key=key).update(lease_until=None, lease_key=None) == 1

    def move(self, pk: uuid.UUID, *, to: State, **changes: Any) -> bool:
        """Move one pod if its state allows; False when somebody else was first. Its turn comes at once."""
        sources = [state for state, targets in MOVES.items() if to in targets]
        now = clock.now()
        moved = {"state": to, "state_since": now, "next_turn_at": now, "asked_at": None, "failures": 0, **changes}
        return self.filter(pk=pk, state__in=sources).update(**moved) == 1

    def admit_work(self, server: str, *, now: datetime) -> bool:
        """Note that work is about to be sent; False when no pod there takes any."""
        return self.behind(server).filter(state=State.READY).update(last_activity_at=now) > 0


class SessionQuerySet(models.QuerySet["PodSession"]):
    """The vocabulary for asking about sessions."""

    def open(self) -> Self:
        """Keep those that still cost money."""
        return self.filter(ended_at=None)

    def overlapping(self, since: datetime, until: datetime) -> Self:
        """Keep those of which a part lies between two moments."""
        return self.filter(began_at__lt=until).filter(Q(ended_at=None) | Q(ended_at__gt=since))


class SegmentQuerySet(models.QuerySet["RateSegment"]):
    """The vocabulary for asking about rate segments."""

    def open(self) -> Self:
        """Keep those that still grow."""
        return self.filter(ended_at=None)


def _behind(kind: str, identity: str) -> Q:
    if kind == "volume":
        return Q(network_volume_id=identity)
    try:
        return Q(pk=uuid.UUID(identity), network_volume_id="")
    except ValueError:
        return Q(pk__in=[])


def _is_free(now: datetime) -> Q:
    """Nobody's lease holds; one that ends later than any can was written before the clock was set back."""
    return Q(lease_until=None) | Q(lease_until__lt=now) | Q(lease_until__gt=now + LEASE)
