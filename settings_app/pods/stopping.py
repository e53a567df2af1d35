"""Stopping a pod: after its work is done, or at once. With a network volume "stopped" means that the pod is deleted."""

import logging

from django.db import transaction

from lib import clock
from lib.queue import enqueue
from settings_app.pods import metering, sentences
from settings_app.pods.choices import State, Trouble
from settings_app.pods.models import Pod

log = logging.getLogger(__name__)

BY_OWNER = "You stopped it."
FORGOTTEN = "You said that it is gone. The gallery could not see it with the present API key."


def drain(pod: Pod, word: str = BY_OWNER) -> bool:
    """Stop a pod once everything it made has been fetched; from now on it takes no new work.

    One that is not ready yet has nothing to finish and is stopped at once.

    Args:
        pod: the present one.
        word: on whose word, as a sentence for the owner.

    Returns:
        False when it is not in a state to be stopped, or somebody else was first.
    """
    if pod.state == State.READY:
        draining = Pod.objects.filter(state=State.READY)
        return _done(pod, is_moved=draining.move(pod.pk, to=State.DRAINING, stop_word=word, bad_greetings=0))
    return pod.state != State.DRAINING and stop_now(pod, word)


def drain_idle(pod: Pod, word: str, *, idle_since: object) -> bool:
    """Stop a ready pod unless work was sent to it after ``idle_since``, in one UPDATE; False when that is so."""
    idle = Pod.objects.filter(state=State.READY, last_activity_at__lte=idle_since)
    return _done(pod, is_moved=idle.move(pod.pk, to=State.DRAINING, stop_word=word, bad_greetings=0))


def stop_now(pod: Pod, word: str = BY_OWNER) -> bool:
    """Stop a pod whatever it is doing; what it is making is lost, what it has made lies on its volume or disk."""
    if pod.state == State.NO_CAPACITY:
        to = State.STOPPED if pod.pod_id else State.GONE
        waiting = Pod.objects.filter(state=State.NO_CAPACITY)
        changes = {} if pod.pod_id else {"ended_at": clock.now()}
        return _done(pod, is_moved=waiting.move(pod.pk, to=to, stop_word=word, **changes))
    awake = Pod.objects.exclude(state__in=[State.STOPPED, State.STOPPING, State.TERMINATING])
    return _done(pod, is_moved=awake.move(pod.pk, to=pod.rests_in, stop_word=word))


def keep(pod: Pod) -> bool:
    """Let a pod that was about to stop go on; False when it is too late."""
    draining = Pod.objects.filter(state=State.DRAINING)
    return _done(pod, is_moved=draining.move(pod.pk, to=State.READY, stop_word="", last_activity_at=clock.now()))


def end(pod: Pod, word: str = BY_OWNER) -> bool:
    """Delete a pod and, without a network volume, its disk with all models; only on the owner's explicit word."""
    if pod.state == State.NO_CAPACITY and not pod.pod_id:
        return stop_now(pod, word)
    return _done(pod, is_moved=Pod.objects.filter(replaced_at=None).move(pod.pk, to=State.TERMINATING, stop_word=word))


def forget(pod: Pod) -> bool:
    """Take the owner's word that a pod of another account is gone; False when RunPod can still be asked about it."""
    unseen = Pod.objects.filter(difficulty=sentences.OTHER_ACCOUNT)
    with transaction.atomic():
        now = clock.now()
        told = {"ended_at": now, "difficulty": "", "trouble": Trouble.ENDED_ELSEWHERE, "reason": FORGOTTEN}
        is_moved = unseen.move(pod.pk, to=State.GONE, **told)
        if is_moved:
            metering.end(pod, now)
            metering.accrue(now)
    return _done(pod, is_moved=is_moved)


def _done(pod: Pod, *, is_moved: bool) -> bool:
    from settings_app import tasks

    if is_moved:
        log.info("pod %s: told to stop or go on", pod.name)
        enqueue(tasks.drive_pod, pod.pk)
    pod.refresh_from_db()
    return is_moved
