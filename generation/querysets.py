"""Questions about many sessions and steps, and the moves of a step."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from generation.choices import MOVES, SessionStatus, StepStatus

if TYPE_CHECKING:
    from generation.models import GenerationStep

LEASE = timedelta(minutes=3)


class SessionQuerySet(models.QuerySet["GenerationSession"]):
    """The vocabulary for asking about sessions."""

    def active(self) -> Self:
        """Keep the sessions still worked on."""
        return self.filter(status=SessionStatus.ACTIVE)


class StepQuerySet(models.QuerySet["GenerationStep"]):
    """The vocabulary for asking about steps, and the only way to move one."""

    def under_way(self) -> Self:
        """Keep the steps of which something may still come."""
        return self.filter(status__in=[StepStatus.PENDING, StepStatus.PROCESSING])

    def pending(self) -> Self:
        """Keep the steps that wait to be sent."""
        return self.filter(status=StepStatus.PENDING)

    def processing(self) -> Self:
        """Keep the steps the server has."""
        return self.filter(status=StepStatus.PROCESSING)

    def sendable(self, *, now: datetime) -> Self:
        """Keep the pending steps nobody is sending just now."""
        return self.pending().filter(Q(lease_until=None) | Q(lease_until__lt=now))

    def move(self, pk: UUID, *, to: StepStatus, **changes: Any) -> bool:
        """Move one step if its status allows; False when somebody else was first."""
        sources = [status for status, targets in MOVES.items() if to in targets]
        return self.filter(pk=pk, status__in=sources).update(status=to, **changes) == 1

    def claim(self, pk: UUID, *, now: datetime) -> "GenerationStep | None":
        """Lease one pending step, counting the attempt before the work begins; None when it is not free."""
        won = self.sendable(now=now).filter(pk=pk).update(attempts=F("attempts") + 1, lease_until=now + LEASE)
        return self.get(pk=pk) if won else None
