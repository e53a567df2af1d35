"""Questions about many sessions and steps, and the moves of a step."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower

from generation.choices import ENDED_EARLY, MOVES, SESSION_MOVES, AdoptionState, Outcome, SessionStatus, StepStatus
from photos.choices import RetrievalStatus

if TYPE_CHECKING:
    from generation.models import Adoption, GenerationSession, GenerationStep, PromptTemplate, StepAlternative  # noqa: F401

LEASE = timedelta(minutes=3)
LATE = timedelta(minutes=10)
# More words than that make no search better.
MOST_WORDS = 12


class SessionQuerySet(models.QuerySet["GenerationSession"]):
    """The vocabulary for asking about sessions."""

    def active(self) -> Self:
        """Keep the sessions still worked on."""
        return self.filter(status=SessionStatus.ACTIVE)

    def left_alone(self, *, since: datetime) -> Self:
        """Keep the active sessions in which nothing was done since then, and nothing is under way."""
        from generation.models import GenerationStep  # a queryset is needed while its model is being made

        busy = GenerationStep.objects.under_way().filter(session=OuterRef("pk"))
        return self.active().filter(~Exists(busy), last_active_at__lt=since)

    def move(self, pk: UUID, *, to: SessionStatus, **changes: Any) -> bool:
        """Move one session if its status allows; False when it stood otherwise, or is gone."""
        sources = [status for status, targets in SESSION_MOVES.items() if to in targets]
        return self.filter(pk=pk, status__in=sources).update(status=to, **changes) == 1


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
        """Keep the pending steps nobody is sending just now, and which are due."""
        return self.pending().filter(Q(lease_until=None) | Q(lease_until__lt=now))

    def ended_early(self, *, now: datetime) -> Self:
        """Keep the steps that ended just now while something may still have run on the server.

        A cancelled item's last node runs on and can save its picture afterwards, and a request whose answer was lost
        may have arrived.
        """
        return self.filter(
            status__in=[StepStatus.COMPLETED, StepStatus.FAILED],
            outcome__in=ENDED_EARLY,
            attempts__gt=0,
            completed_at__gt=now - LATE,
        )

    def shown(self) -> Self:
        """Keep the steps whose session was not deleted."""
        return self.filter(session__deleted_at=None)

    def failed(self, *, since: datetime) -> Self:
        """Keep the steps that failed lately by themselves, not because the owner cancelled them."""
        return self.shown().filter(status=StepStatus.FAILED, completed_at__gte=since).exclude(outcome=Outcome.CANCELLED)

    def holding(self, photo_id: UUID) -> Self:
        """Keep the steps that have this photo among their alternatives."""
        return self.shown().filter(alternatives__image_id=photo_id)

    def move(self, pk: UUID, *, to: StepStatus, **changes: Any) -> bool:
        """Move one step if its status allows; False when somebody else was first."""
        sources = [status for status, targets in MOVES.items() if to in targets]
        return self.filter(pk=pk, status__in=sources).update(status=to, **changes) == 1

    def end(self, pk: UUID, **changes: Any) -> bool:
        """End one step: done when it has any picture, failed when it has none. False when it had ended already."""
        from generation.models import StepAlternative  # a queryset is needed while its model is being made

        has_any = StepAlternative.objects.filter(step=pk).exists()
        return self.under_way().move(pk, to=StepStatus.COMPLETED if has_any else StepStatus.FAILED, **changes)

    def claim(self, pk: UUID, *, now: datetime) -> "GenerationStep | None":
        """Lease one pending step, counting the attempt before the work begins; None when it is not free."""
        won = self.sendable(now=now).filter(pk=pk).update(attempts=F("attempts") + 1, lease_until=now + LEASE)
        return self.get(pk=pk) if won else None

    def renew(self, pk: UUID, *, attempt: int, now: datetime) -> bool:
        """Lengthen the lease of a claimed step; False when it is no longer ours to send."""
        return self.pending().filter(pk=pk, attempts=attempt).update(lease_until=now + LEASE) == 1

    def put_back(self, pk: UUID, *, attempt: int, reason: str, until: datetime) -> bool:
        """Let a claimed step wait; False when it was moved, or claimed by somebody else, meanwhile.

        Args:
            pk: the step.
            attempt: the number the claim gave it.
            reason: a sentence for the owner.
            until: when to try again.
        """
        mine = self.pending().filter(pk=pk, attempts=attempt)
        return mine.update(lease_until=until, error_message=reason) == 1

    def miscounted(self) -> Self:
        """Keep the steps that count a picture as waiting while none waits: a worker died before it had counted."""
        pending = Q(alternatives__image__retrieval_status=RetrievalStatus.PENDING)
        return self.filter(images_pending__gt=0).exclude(pending)

    def recount(self, pk: UUID) -> None:
        """Count a step's pictures anew, in one UPDATE: counters that are added to drift."""
        self.filter(pk=pk).update(
            images_retrieved=_pictures(RetrievalStatus.COMPLETED),
            images_pending=_pictures(RetrievalStatus.PENDING),
            images_failed=_pictures(RetrievalStatus.FAILED),
        )


class AlternativeQuerySet(models.QuerySet["StepAlternative"]):
    """The vocabulary for asking about alternatives."""

    def unmeasured(self) -> Self:
        """Keep the pictures of repeated steps that are here and were not compared with the first ones yet."""
        here = Q(image__retrieval_status=RetrievalStatus.COMPLETED, image__purged_at=None)
        return self.filter(here, step__repeats__isnull=False, difference__isnull=True)


class TemplateQuerySet(models.QuerySet["PromptTemplate"]):
    """The vocabulary for asking about templates."""

    def matching(self, words: str) -> Self:
        """Keep those that have every one of the words in their name, description, category or text."""
        found = self
        for word in words.split()[:MOST_WORDS]:
            places = ("name", "description", "category", "prompt_text", "negative_prompt")
            found = found.filter(reduce(or_, (Q(**{f"{place}__icontains": word}) for place in places)))
        return found

    def with_folded_names(self) -> Self:
        """Add ``folded_name``, by which they are sorted."""
        return self.annotate(folded_name=Lower("name"))


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    """The vocabulary for asking about adoptions, and the only way to move one."""

    def running(self) -> Self:
        """Keep those that are not finished."""
        return self.filter(state=AdoptionState.RUNNING)

    def due(self, *, now: datetime) -> Self:
        """Keep the running ones nobody works on just now, and which need not wait."""
        return self.running().filter(Q(lease_until=None) | Q(lease_until__lt=now))

    def claim(self, pk: UUID, *, now: datetime) -> "Adoption | None":
        """Lease one that is due for one page; None when it is not free."""
        won = self.due(now=now).filter(pk=pk).update(lease_until=now + LEASE)
        return self.get(pk=pk) if won else None

    def end(self, pk: UUID, state: AdoptionState, *, now: datetime, error: str = "") -> bool:
        """Finish one; False when it was finished before."""
        changed = self.running().filter(pk=pk).update(state=state, error=error, ended_at=now, lease_until=None)
        return changed == 1


def _pictures(status: RetrievalStatus) -> Coalesce:
    from generation.models import StepAlternative  # a queryset is needed while its model is being made

    mine = StepAlternative.objects.filter(step=OuterRef("pk"), image__retrieval_status=status)
    counted = mine.order_by().values("step").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
