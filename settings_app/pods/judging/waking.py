"""Waking a pod that sleeps on its machine."""

from datetime import datetime

from clients.errors import RemoteRejected
from clients.runpod import NoCapacity, RemotePod
from clients.runpod.records import ERROR, EXITED, KNOWN, TERMINATED
from settings_app.pods import answers, sentences
from settings_app.pods.answers import Answer
from settings_app.pods.choices import State, Trouble
from settings_app.pods.judging.patience import RESUME_PATIENCE, SECONDS, SOON, STALE, WAIT_FOR_MACHINE, WHILE_ASLEEP
from settings_app.pods.judging.verdicts import Verdict, give_up, gone, hindered, lasted, other_account, stay, trouble_of
from settings_app.pods.models import Pod


def resuming(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    """Judge a start of a pod that sleeps, or the look after it."""
    if isinstance(answer, answers.Missing):
        return gone(pod, Trouble.ENDED_ELSEWHERE) if answer.is_sure else other_account()
    if isinstance(answer, answers.Seen):
        return _resumed(pod, answer.pod, now)
    if not isinstance(answer, answers.Failed):
        return stay(SOON)
    error = answer.error
    if isinstance(error, NoCapacity):
        pause = WAIT_FOR_MACHINE[min(pod.refusals, len(WAIT_FOR_MACHINE) - 1)]
        refused = {"refusals": pod.refusals + 1, "trouble": Trouble.NO_CAPACITY, "reason": str(error)}
        return Verdict(State.NO_CAPACITY, pause, refused)
    if isinstance(error, RemoteRejected) and error.status == 409:
        return stay(SECONDS)
    if isinstance(error, RemoteRejected):
        return Verdict(State.STOPPED, WHILE_ASLEEP, {"trouble": trouble_of(error), "reason": str(error)})
    return hindered(pod, error)


def _resumed(pod: Pod, seen: RemotePod, now: datetime) -> Verdict:
    if seen.status == TERMINATED:
        return gone(pod, Trouble.ENDED_ELSEWHERE)
    if seen.status == ERROR:
        return give_up(pod, Trouble.REMOTE_ERROR)
    if seen.status != EXITED:
        return Verdict(State.STARTING, SOON) if seen.status in KNOWN else Verdict(State.UNKNOWN, SOON)
    if lasted(pod, now) > RESUME_PATIENCE:
        reason = sentences.for_trouble(Trouble.BOOT_FAILED)
        return Verdict(State.STOPPED, WHILE_ASLEEP, {"trouble": Trouble.BOOT_FAILED, "reason": reason})
    is_refused = pod.asked_at and now - pod.asked_at > STALE
    return stay(SOON, asked_at=None) if is_refused else stay(SOON)
