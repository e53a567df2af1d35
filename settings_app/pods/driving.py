"""One turn of the machine: claim the pod, decide, write down what is about to be done, do it, write down what came.

Killed between any two of these, the next turn finds what is needed to go on: a request that was announced but not
settled is looked for by name before anything is sent again.
"""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lib import clock
from lib.queue import enqueue
from settings_app.pods import calling, judging, planning, recording, replacing
from settings_app.pods.models import Pod
from settings_app.pods.planning import Call

log = logging.getLogger(__name__)

AFTER_STUMBLING = timedelta(seconds=30)
NUDGE_AGAIN = timedelta(seconds=10)
AT_ONCE = timedelta(seconds=0.5)


def turn(pk: UUID) -> bool:
    """Bring one pod a step further.

    Returns:
        Whether the next step is due at once.
    """
    pod = Pod.objects.claim(pk, now=clock.now())
    if pod is None:
        return False
    try:
        if pod.replaced_at and not replacing.may_be_deleted(pod, clock.now()):
            return False
        return _take(pod)
    except Exception:
        # Whatever it is, a pod that costs money must not be left alone because of it.
        log.exception("pod %s: stumbled, going on in a while", pod.name)
        Pod.objects.filter(pk=pk).update(next_turn_at=clock.now() + AFTER_STUMBLING)
        return False
    finally:
        Pod.objects.release(pk, pod.lease_key)


def _take(pod: Pod) -> bool:
    now = clock.now()
    call = planning.next_call(pod, now)
    announced = _announced(call, pod, now)
    mine = Pod.objects.filter(pk=pod.pk, state=pod.state, lease_key=pod.lease_key)
    if announced and not mine.update(**announced):
        return True
    answer = calling.make(call, pod)
    now = clock.now()
    verdict = judging.judge(pod, answer, now)
    is_ours = recording.record(pod, call, answer, verdict, now)
    return verdict.wait <= AT_ONCE or not is_ours


def _announced(call: Call, pod: Pod, now: datetime) -> dict[str, Any]:
    """Return what is written before a call; a request to rent may arrive unheard, so also with which key it is sent."""
    noted = planning.noted_before(call, pod, now)
    return {**noted, "key_mark": calling.key_mark()} if call == Call.CREATE else noted


def nudge_due(now: datetime | None = None) -> int:
    """Ask workers for the turns that are due, each once; what is lost on the way is asked for again in a while."""
    from settings_app import tasks

    moment, nudged = now or clock.now(), 0
    for pk in list(Pod.objects.due(now=moment).values_list("pk", flat=True)):
        due = Pod.objects.due(now=moment).filter(pk=pk)
        if due.update(next_turn_at=moment + NUDGE_AGAIN):
            enqueue(tasks.drive_pod, pk)
            nudged += 1
    return nudged
