"""Stopping and terminating: over only when it was read back; tried for ever until then, and shouted about."""

from datetime import datetime, timedelta

from clients.runpod import RemotePod
from clients.runpod.records import ERROR, EXITED, TERMINATED
from settings_app.pods import answers, sentences
from settings_app.pods.answers import Answer
from settings_app.pods.choices import State, Trouble
from settings_app.pods.judging.patience import (
    ALARM_AFTER,
    AT_ONCE,
    IN_TROUBLE,
    LOST_FOR,
    SECONDS,
    SOON,
    STALE,
    WHILE_ASLEEP,
)
from settings_app.pods.judging.verdicts import Verdict, gone, hindered, is_conflict, lasted, other_account, stay
from settings_app.pods.models import Pod


def ending(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    """Stopping and terminating: over only when it was read back; tried for ever until then, and shouted about."""
    if isinstance(answer, answers.Nothing):
        return gone(pod, Trouble(pod.trouble), pod.reason)
    if isinstance(answer, answers.Found):
        return _found_to_end(pod, answer, now)
    if isinstance(answer, answers.Missing):
        return gone(pod, Trouble(pod.trouble), pod.reason) if answer.is_sure else other_account()
    if isinstance(answer, answers.Seen):
        return _seen_ending(pod, answer.pod, now)
    if isinstance(answer, answers.Failed) and is_conflict(answer):
        return stay(SECONDS)
    if isinstance(answer, answers.Failed):
        return hindered(pod, answer.error)
    return stay(SECONDS if isinstance(answer, answers.Done) else AT_ONCE)


def _seen_ending(pod: Pod, seen: RemotePod, now: datetime) -> Verdict:
    if seen.status == TERMINATED:
        return gone(pod, Trouble(pod.trouble), pod.reason)
    if seen.status == EXITED and pod.state == State.STOPPING:
        return Verdict(State.STOPPED, WHILE_ASLEEP)
    if seen.status == ERROR and pod.state == State.STOPPING and lasted(pod, now) > STALE:
        reason = sentences.for_trouble(Trouble.REMOTE_ERROR)
        return Verdict(State.ERROR, IN_TROUBLE, {"trouble": Trouble.REMOTE_ERROR, "reason": reason})
    alarm = (
        {"difficulty": sentences.still_running(pod, is_locked=seen.is_locked)} if lasted(pod, now) > ALARM_AFTER else {}
    )
    return stay(SOON, **alarm)


def _found_to_end(pod: Pod, answer: answers.Found, now: datetime) -> Verdict:
    if answer.best:
        return stay(AT_ONCE)
    if pod.create_sent_at and timedelta(0) <= now - pod.create_sent_at < LOST_FOR:
        return stay(SOON)
    return gone(pod, Trouble(pod.trouble), pod.reason)


def replaced(pod: Pod, answer: Answer) -> Verdict:
    """Another pod has its place: delete it, however often it takes."""
    if isinstance(answer, answers.Failed):
        return hindered(pod, answer.error)
    if isinstance(answer, answers.Missing) and not answer.is_sure:
        return other_account()
    return gone(pod, Trouble(pod.trouble), pod.reason)
