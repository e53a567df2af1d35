"""Doing something to photos: at once when they are few, else by a worker, part by part; and taking it back.

The row is the truth: a killed worker's action goes on at the part where it stopped, when the sweep finds it.
"""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from lib import clock
from lib.queue import enqueue
from photos import tasks
from photos.acts import Act, CannotGoOn, act_for
from photos.choices import BulkState
from photos.models import BulkAction, BulkPart
from photos.querysets import PhotoQuerySet

log = logging.getLogger(__name__)

# A worker does something else after so long, and comes back.
SECONDS = 15
# The way back, and archives, are kept for so long.
KEPT = timedelta(days=1)
BROKE = "It was stopped again and again, so it was given up."
WAY_BACK = " What was done can be undone."


def begin(act: Act, photos: PhotoQuerySet, value: str = "") -> BulkAction | None:
    """Do something to photos, now or by a worker.

    Args:
        act: what.
        photos: to which; only those it would change are touched, in the order of the timeline if they have none.
        value: with what.

    Returns:
        The action, finished if it was quick; None when no photo would change.
    """
    wanted = act.among(photos, value)
    is_quick = act.is_quick(wanted, value)
    action = _frozen(act, wanted if wanted.query.order_by else wanted.order_by("-taken_at", "-pk"), value)
    if action.total == 0:
        action.delete()
        return None
    log.info("action %s: %s %d photos", action.pk, act.verb, action.total)
    return _now_or_later(action, is_quick=is_quick)


def undo(pk: UUID) -> BulkAction | None:
    """Take back what an action changed, now or by a worker; None when that is done already, or too old."""
    action = BulkAction.objects.filter(pk=pk).first()
    if action is None or not act_for(action.verb).can_be_undone:
        return None
    if not BulkAction.objects.move(pk, to=BulkState.UNDOING, cancel_requested=False, done=0):
        return None
    action.refresh_from_db()
    is_quick = not act_for(action.verb).is_slow and action.changed <= act_for(action.verb).part_size * 2
    return _now_or_later(action, is_quick=is_quick)


def cancel(pk: UUID) -> bool:
    """Stop an action before its next part; what is done stays done, and can be undone."""
    return BulkAction.objects.filter(pk=pk, state=BulkState.RUNNING).update(cancel_requested=True) == 1


def run(pk: UUID, *, seconds: float = SECONDS) -> None:
    """Work on an action for a while; it is asked for again if there is more to do. Safe to run twice.

    Args:
        pk: which.
        seconds: for how long; what has begun is finished.
    """
    action = BulkAction.objects.claim(pk, now=clock.now())
    if action is None:
        return
    try:
        is_over = _work(action, until=time.monotonic() + seconds)
    except CannotGoOn as reason:
        _end(action, BulkState.FAILED, reason=str(reason))
        return
    if not is_over:
        with transaction.atomic():
            BulkAction.objects.filter(pk=pk).update(lease_until=None, attempts=0)
            enqueue(tasks.act, pk)


def changed_by(action: BulkAction) -> list[UUID]:
    """Return the photos an action changed."""
    parts = action.parts.order_by("number").values_list("before", flat=True)
    return [UUID(pk) for before in parts for pk in before]


def photos_of(action: BulkAction) -> list[UUID]:
    """Return all photos an action is about."""
    parts = action.parts.order_by("number").values_list("photos", flat=True)
    return [UUID(pk) for photos in parts for pk in photos]


def sweep() -> None:
    """Ask again for what nobody works on, give up what is hopeless, and forget what is old."""
    for action in BulkAction.objects.hopeless(now=clock.now()):
        way_back = WAY_BACK if act_for(action.verb).can_be_undone else ""
        _end(action, BulkState.FAILED, reason=BROKE + way_back)
    for action in BulkAction.objects.free(now=clock.now()):
        enqueue(tasks.act, action.pk)
    for action in BulkAction.objects.forgettable(before=clock.now() - KEPT):
        act_for(action.verb).forget(action)
        action.delete()


def _frozen(act: Act, photos: PhotoQuerySet, value: str) -> BulkAction:
    """Write down which photos it is about, in parts."""
    with transaction.atomic():
        action = BulkAction.objects.create(verb=act.verb, value=value)
        keys = photos.values_list("pk", flat=True).iterator(chunk_size=2000)
        parts = (
            BulkPart(action=action, number=number, photos=[pk.hex for pk in some])
            for number, some in enumerate(_pieces(keys, act.part_size))
        )
        while some := list(islice(parts, 40)):
            BulkPart.objects.bulk_create(some)
            action.total += sum(len(part.photos) for part in some)
        action.save(update_fields=["total"])
    return action


def _pieces(keys: Iterator[UUID], size: int) -> Iterator[list[UUID]]:
    while some := list(islice(keys, size)):
        yield some


def _now_or_later(action: BulkAction, *, is_quick: bool) -> BulkAction:
    if is_quick:
        run(action.pk, seconds=60)
        action.refresh_from_db()
    else:
        enqueue(tasks.act, action.pk)
    return action


def _work(action: BulkAction, *, until: float) -> bool:
    """Do part after part; tell whether the action came to its end."""
    act, is_undoing = act_for(action.verb), action.state == BulkState.UNDOING
    if not is_undoing:
        act.prepare(action)
    for pk in list(action.parts.filter(is_done=is_undoing).order_by("number").values_list("pk", flat=True)):
        if not is_undoing and BulkAction.objects.filter(pk=action.pk, cancel_requested=True).exists():
            act.forget(action)
            return _end(action, BulkState.CANCELLED)
        (_undo_part if is_undoing else _do_part)(act, action, BulkPart.objects.get(pk=pk))
        if time.monotonic() > until:
            return False
    if not is_undoing:
        act.finish(action)
    return _end(action, BulkState.UNDONE if is_undoing else BulkState.DONE)


def _do_part(act: Act, action: BulkAction, part: BulkPart) -> None:
    ids = [UUID(pk) for pk in part.photos]
    slowly_done = act.do(ids, action) if act.is_slow else None
    with transaction.atomic():
        if not BulkPart.objects.filter(pk=part.pk, is_done=False).update(is_done=True):
            return
        before = act.do(ids, action) if slowly_done is None else slowly_done
        part.before, part.is_done = {pk.hex: was for pk, was in before.items()}, True
        part.save(update_fields=["before"])
        _count(action, done=len(ids), changed=len(before))


def _undo_part(act: Act, action: BulkAction, part: BulkPart) -> None:
    with transaction.atomic():
        if not BulkPart.objects.filter(pk=part.pk, is_done=True).update(is_done=False):
            return
        before: dict[UUID, Any] = {UUID(pk): was for pk, was in part.before.items()}
        if before:
            act.undo(before, action)
        _count(action, done=len(part.photos), changed=0)


def _count(action: BulkAction, *, done: int, changed: int) -> None:
    BulkAction.objects.filter(pk=action.pk).update(
        done=F("done") + done, changed=F("changed") + changed, attempts=0
    )  # fmt: skip


def _end(action: BulkAction, state: BulkState, *, reason: str = "") -> bool:
    """Bring an action to its end. Archives of failed ones are removed."""
    if BulkAction.objects.move(action.pk, to=state, reason=reason):
        log.info("action %s: %s -> %s", action.pk, action.state, state)
    if state == BulkState.FAILED:
        act_for(action.verb).forget(action)
    return True
