"""Asleep, in trouble, or in a state nobody knows."""

from datetime import datetime

from clients.runpod.records import ERROR, EXITED, KNOWN, RUNNING, TERMINATED
from settings_app.pods import answers, sentences
from settings_app.pods.answers import Answer
from settings_app.pods.choices import State, Trouble
from settings_app.pods.judging.patience import AT_ONCE, IN_TROUBLE, SECONDS, WHILE_ASLEEP
from settings_app.pods.judging.verdicts import Verdict, give_up, gone, hindered, otherwise, stay
from settings_app.pods.models import Pod


def stopped(pod: Pod, answer: Answer, _now: datetime) -> Verdict:
    """Notice when it is started or ended elsewhere."""
    if isinstance(answer, answers.Seen) and answer.pod.status == TERMINATED:
        return gone(pod, Trouble.ENDED_ELSEWHERE)
    if isinstance(answer, answers.Seen) and answer.pod.may_bill:
        is_fresh = answer.pod.status in KNOWN and answer.pod.status != ERROR
        return Verdict(State.STARTING if is_fresh else State.UNKNOWN, AT_ONCE)
    if isinstance(answer, answers.Failed):
        return hindered(pod, answer.error)
    return otherwise(pod, answer, wait=WHILE_ASLEEP)


def unknown(pod: Pod, answer: Answer, _now: datetime) -> Verdict:
    """Not knowing is not stopped: it goes on costing, and no other pod is begun."""
    if not isinstance(answer, answers.Seen):
        return otherwise(pod, answer)
    seen = answer.pod
    if seen.status not in KNOWN:
        return Verdict(None, 30 * SECONDS, {"difficulty": sentences.unknown_word(seen.status)})
    if seen.status == TERMINATED:
        return gone(pod, Trouble.ENDED_ELSEWHERE)
    if seen.status == EXITED:
        return Verdict(State.STOPPED, WHILE_ASLEEP)
    if seen.status == ERROR:
        return give_up(pod, Trouble.REMOTE_ERROR)
    is_up = seen.status == RUNNING and seen.has_runtime
    return Verdict(State.BOOTING if is_up else State.STARTING, AT_ONCE, {"good_greetings": 0})


def error(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    """With a pod it goes on costing until somebody ends it; without one it waits for the owner."""
    if isinstance(answer, answers.Seen) and answer.pod.status == ERROR:
        return stay(IN_TROUBLE) if pod.is_worth_keeping else Verdict(State.TERMINATING, AT_ONCE)
    if isinstance(answer, answers.Seen):
        return unknown(pod, answer, now)
    return otherwise(pod, answer, wait=IN_TROUBLE)


def gone_already(_pod: Pod, _answer: Answer, _now: datetime) -> Verdict:
    """Nothing is ever done with it again."""
    return stay(WHILE_ASLEEP)
