"""Renting: a request that was sent, or may have been; and waiting for a free machine."""

from datetime import datetime, timedelta

from clients.errors import RemoteBusy, RemoteRejected
from clients.runpod import NoCapacity, RemotePod
from settings_app.pods import answers
from settings_app.pods.answers import Answer
from settings_app.pods.choices import State, Trouble
from settings_app.pods.judging.fitness import too_expensive
from settings_app.pods.judging.patience import AT_ONCE, LOST_FOR, MOST_CREATES, SOON, WAIT_FOR_MACHINE, WHILE_ASLEEP
from settings_app.pods.judging.verdicts import Verdict, fail, give_up, gone, hindered, other_account, stay, trouble_of
from settings_app.pods.models import Pod


def creating(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    """Judge a request to rent, a look for its name, or a look at what was found."""
    if isinstance(answer, answers.Seen):
        return _accepted(pod, answer.pod)
    if isinstance(answer, answers.Found):
        return _accepted(pod, answer.best) if answer.best else _nobody_found(pod, now)
    if isinstance(answer, answers.Missing):
        return gone(pod, Trouble.ENDED_ELSEWHERE) if answer.is_sure else other_account()
    return _not_created(pod, answer) if isinstance(answer, answers.Failed) else stay(SOON)


def _accepted(pod: Pod, seen: RemotePod) -> Verdict:
    if too_expensive(pod, seen):
        return give_up(pod, Trouble.PRICE)
    return Verdict(State.STARTING, SOON)


def _nobody_found(pod: Pod, now: datetime) -> Verdict:
    """Create anew only when a request that arrived would have shown by now."""
    if pod.create_sent_at and timedelta(0) <= now - pod.create_sent_at < LOST_FOR:
        return stay(SOON)
    if pod.create_attempts < MOST_CREATES:
        return stay(AT_ONCE, create_sent_at=None)
    return fail(Trouble.LOST)


def _not_created(pod: Pod, answer: answers.Failed) -> Verdict:
    """Judge a failed request to rent, or a failed look for our name.

    Only a refusal says that nothing was rented, and only when it is the request itself that was refused.
    """
    error = answer.error
    if pod.create_sent_at:  # it was the look that failed
        return hindered(pod, error)
    if isinstance(error, NoCapacity):
        pause = WAIT_FOR_MACHINE[min(pod.refusals, len(WAIT_FOR_MACHINE) - 1)]
        refused = {"refusals": pod.refusals + 1, "create_sent_at": None, "trouble": Trouble.NO_CAPACITY}
        return Verdict(State.NO_CAPACITY, pause, {**refused, "reason": str(error)})
    if isinstance(error, RemoteBusy):
        return hindered(pod, error, create_sent_at=None, create_attempts=pod.create_attempts)
    if isinstance(error, RemoteRejected):
        return fail(trouble_of(error), str(error))
    return hindered(pod, error)


def no_capacity(pod: Pod, _answer: Answer, now: datetime) -> Verdict:
    """Ask again while somebody waits."""
    if pod.wanted_until and now < pod.wanted_until:
        return Verdict(State.RESUMING if pod.pod_id else State.CREATING, AT_ONCE)
    if pod.pod_id:
        return Verdict(State.STOPPED, WHILE_ASLEEP)
    return gone(pod, Trouble.NO_CAPACITY, pod.reason)
