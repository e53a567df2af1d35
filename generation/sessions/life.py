"""The life of a session: what it is called, when it ends and begins again, and letting it go with a way back."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from generation.choices import SessionStatus
from generation.models import GenerationSession, GenerationStep
from generation.running import cancelling
from lib import clock
from settings_app import library

log = logging.getLogger(__name__)

KEPT = timedelta(days=1)
LONGEST_NAME = 200


def rename(pk: UUID, name: str) -> bool:
    """Give a session a name; an empty one lets its first prompt speak for it again."""
    changed: int = GenerationSession.objects.filter(pk=pk).update(name=" ".join(name.split())[:LONGEST_NAME])
    return changed == 1


def complete(pk: UUID) -> bool:
    """End a session as done; False when it is so already. What runs in it goes on."""
    return _move(pk, SessionStatus.COMPLETED, completed_at=clock.now())


def abandon(pk: UUID) -> bool:
    """End a session that led nowhere; False when it is not active. What runs in it goes on."""
    return _move(pk, SessionStatus.ABANDONED, completed_at=None)


def reopen(pk: UUID) -> bool:
    """Go on with a session that had ended; False when it is active."""
    return _move(pk, SessionStatus.ACTIVE, completed_at=None, last_active_at=clock.now())


def note_work(session: GenerationSession) -> bool:
    """Note that something was asked for in a session, which opens it again if it had ended.

    Returns:
        Whether it had.
    """
    is_back = reopen(session.pk)
    GenerationSession.with_deleted.filter(pk=session.pk).update(last_active_at=clock.now())
    return is_back


def abandoned_before(now: datetime) -> datetime | None:
    """Return since when nothing may have been done in a session that is given up; None when none ever is."""
    days = library.session_days()
    return now - timedelta(days=days) if days else None


def abandon_left_alone(*, now: datetime) -> int:
    """Give up the active sessions in which nothing was done for the time that is set, and return how many."""
    since = abandoned_before(now)
    if since is None:
        return 0
    count: int = GenerationSession.objects.left_alone(since=since).update(status=SessionStatus.ABANDONED)
    if count:
        log.info("sessions: %s left alone, active -> abandoned", count)
    return count


def delete(pk: UUID) -> bool:
    """Delete a session; its pictures stay, and what it still waited for is cancelled. False when it is gone already."""
    is_first: bool = GenerationSession.objects.filter(pk=pk).update(deleted_at=clock.now()) == 1
    if is_first:
        for step in GenerationStep.objects.under_way().filter(session=pk).values_list("pk", flat=True):
            cancelling.cancel(step)
    return is_first


def restore(pk: UUID) -> bool:
    """Bring a deleted session back; False when it is there, or was forgotten."""
    deleted = GenerationSession.with_deleted.filter(pk=pk, deleted_at__isnull=False)
    return deleted.update(deleted_at=None) == 1


def forget_deleted(*, now: datetime) -> int:
    """Let go of the sessions that were deleted long enough ago; return how many. Their pictures stay."""
    old = list(GenerationSession.with_deleted.filter(deleted_at__lt=now - KEPT))
    for session in old:
        _let_go(session)
    return len(old)


def _let_go(session: GenerationSession) -> None:
    """Delete a session for good. A step of another session that grew from one of its steps begins its own branch."""
    steps = GenerationStep.objects.filter(session=session)
    GenerationStep.objects.filter(parent__in=steps.values("pk")).exclude(session=session).update(parent=None)
    session.delete()


def _move(pk: UUID, to: SessionStatus, **changes: object) -> bool:
    moved: bool = GenerationSession.objects.move(pk, to=to, **changes)
    if moved:
        log.info("session %s: -> %s", pk, to)
    return moved
