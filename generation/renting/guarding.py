"""Stop a rented pod that nobody needs, or that reached a limit; never one with a picture that is not fetched yet.

Everything is read from the database, so that a night asleep or a restart changes nothing. Work and stopping exclude
each other by the pod's one row: whoever changes it first wins.
"""

import logging
from datetime import datetime, timedelta

from clients.errors import RemoteError
from clients.http import Timeouts
from generation.models import GenerationStep
from generation.renting.limits import Limits, reached, spent
from generation.running import cancelling
from settings_app import connections
from settings_app.models import Pod
from settings_app.pods import stopping, work
from settings_app.pods.choices import COMING, State

log = logging.getLogger(__name__)

BRIEF = Timeouts(connect=4, read=8, whole=12)
# A limit that is reached lets running work come to its end for so long.
LIMIT_GRACE = timedelta(minutes=10)
# Then what others still have in InvokeAI's queue holds it no longer.
OTHERS_GRACE = timedelta(minutes=20)
LONGEST_SKEW = timedelta(minutes=5)
NOTHING = ""


def guard(now: datetime, *, is_dry: bool = False) -> str:
    """Look at the present pod once, and stop it where that is due.

    Args:
        now: passed in, so that a test can be at any hour.
        is_dry: only tell.

    Returns:
        On whose word it is being stopped, as a sentence; empty when it goes on.
    """
    pod = Pod.objects.current()
    if pod is None:
        return NOTHING
    if pod.state == State.DRAINING:
        return NOTHING if is_dry else _press(pod, now)
    if pod.state != State.READY and pod.state not in COMING:
        return NOTHING
    if word := reached(Limits.now(), spent(now), now):
        return word if is_dry or stopping.drain(pod, word) else NOTHING
    return stop_idle(pod, now, is_dry=is_dry) if pod.state == State.READY else NOTHING


def stop_idle(pod: Pod, now: datetime, *, is_dry: bool = False) -> str:
    """Stop a ready pod when it has been without work for as long as the owner allows; see ``guard``."""
    if not work.load_on(pod.server).is_nothing or _is_from_tomorrow(pod, now):
        if not is_dry:
            _note_work(pod, now)
        return NOTHING
    since, limit = idle_since(pod), Limits.now().idle
    if now - since < limit:
        return NOTHING
    is_used = _is_used_there(pod)
    if is_used and not is_dry:
        _note_work(pod, now)
    if is_used or (is_used is None and now - since < 2 * limit):
        return NOTHING
    word = f"It was idle for {int(limit.total_seconds() // 60)} min."
    return word if is_dry or stopping.drain_idle(pod, word, idle_since=since) else NOTHING


def idle_since(pod: Pod) -> datetime:
    """Return when the last work ended, whether or not it was noted in the pod's row."""
    noted = pod.last_activity_at or pod.ready_at or pod.state_since
    ended = GenerationStep.objects.filter(server=pod.server, completed_at__isnull=False).order_by("-completed_at")
    latest = ended.values_list("completed_at", flat=True).first()
    return max(noted, latest) if latest else noted


def _note_work(pod: Pod, now: datetime) -> None:
    Pod.objects.filter(pk=pod.pk, state=State.READY).update(last_activity_at=now)


def _is_from_tomorrow(pod: Pod, now: datetime) -> bool:
    """The clock was set back: what was noted would keep the pod for as long as it was ahead."""
    return bool(pod.last_activity_at and pod.last_activity_at > now + LONGEST_SKEW)


def _is_used_there(pod: Pod) -> bool | None:
    """Ask InvokeAI whether its own page is used, or a model is on its way; None when it does not answer."""
    try:
        with connections.invokeai_for(pod.server, timeouts=BRIEF) as client:
            return bool(client.queue.status().unfinished or client.models.installing())
    except RemoteError as failure:
        log.info("pod %s: could not be asked whether it is idle (%s)", pod.name, type(failure).__name__)
        return None


def _press(pod: Pod, now: datetime) -> str:
    """Bring a draining pod that reached a limit to its end: what runs is cancelled, what was made is fetched first."""
    lasted = now - pod.state_since
    if lasted < LIMIT_GRACE or not reached(Limits.now(), spent(now), now):
        return NOTHING
    load = work.load_on(pod.server)
    for step in GenerationStep.objects.processing().filter(server=pod.server, cancel_requested_at=None):
        cancelling.cancel(step.pk)
    if load.is_finished and lasted >= OTHERS_GRACE and stopping.stop_now(pod, pod.stop_word):
        return pod.stop_word
    return NOTHING
