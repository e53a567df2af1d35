"""Renting: a request that was sent, or may have been; and waiting for a free machine."""

from datetime import datetime, timedelta
from typing import Any

from clients.errors import RemoteBusy, RemoteError, RemoteRejected
from clients.runpod import NoCapacity, RemotePod
from settings_app.pods import answers, sentences
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
    not_sent = {"create_sent_at": None, "create_attempts": pod.create_attempts}
    if (isinstance(error, NoCapacity) or _is_barred(error)) and (card := _next_card(pod)):
        return stay(AT_ONCE, gpu_type=card, **not_sent)
    if isinstance(error, NoCapacity):
        return _wait_for_machine(pod, str(error), not_sent)
    if isinstance(error, RemoteBusy):
        return hindered(pod, error, **not_sent)
    if isinstance(error, RemoteRejected):
        return fail(trouble_of(error), str(error))
    return hindered(pod, error)


def _is_barred(error: RemoteError) -> bool:
    """Tell whether the account may not rent from the card's pool, which need not be so with another card."""
    return isinstance(error, RemoteRejected) and error.status == 403


def _next_card(pod: Pod) -> str:
    """Return the card to ask for after the present one; none when all were asked for."""
    if pod.gpu_type not in pod.card_choices[:-1]:
        return ""
    return str(pod.card_choices[pod.card_choices.index(pod.gpu_type) + 1])


def _wait_for_machine(pod: Pod, reason: str, not_sent: dict[str, Any]) -> Verdict:
    """Begin with the first card again, later and later."""
    pause = WAIT_FOR_MACHINE[min(pod.refusals, len(WAIT_FOR_MACHINE) - 1)]
    several = len(pod.card_choices) > 1
    told = {
        "refusals": pod.refusals + 1,
        "trouble": Trouble.NO_CAPACITY,
        "reason": sentences.none_free(pod.card_choices) if several else reason,
        "gpu_type": pod.card_choices[0] if several else pod.gpu_type,
    }
    return Verdict(State.NO_CAPACITY, pause, {**told, **not_sent})


def no_capacity(pod: Pod, _answer: Answer, now: datetime) -> Verdict:
    """Ask again while somebody waits."""
    if pod.wanted_until and now < pod.wanted_until:
        return Verdict(State.RESUMING if pod.pod_id else State.CREATING, AT_ONCE)
    if pod.pod_id:
        return Verdict(State.STOPPED, WHILE_ASLEEP)
    return gone(pod, Trouble.NO_CAPACITY, pod.reason)
