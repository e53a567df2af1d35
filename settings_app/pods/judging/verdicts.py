"""What can be decided about a pod, and the decisions that are alike in most states."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from clients.errors import RemoteBusy, RemoteRejected
from settings_app.pods import answers, sentences
from settings_app.pods.answers import Answer
from settings_app.pods.choices import State, Trouble
from settings_app.pods.judging.patience import AT_ONCE, IN_TROUBLE, LONGEST_BACK_OFF, SOON, WHILE_ASLEEP
from settings_app.pods.models import Pod


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a pod goes, what is written beside that, and when it is its turn again.

    Attributes:
        to: the next state; None to stay.
        wait: until the next turn.
        changes: fields of the row.
    """

    to: State | None
    wait: timedelta
    changes: dict[str, Any] = field(default_factory=dict)


def lasted(pod: Pod, now: datetime) -> timedelta:
    """Return how long a pod has been in its state."""
    return max(now - pod.state_since, timedelta(0))


def stay(wait: timedelta, **changes: Any) -> Verdict:
    """Keep the state."""
    return Verdict(None, wait, changes)


def hindered(pod: Pod, error: Exception, **changes: Any) -> Verdict:
    """Stay, and try again more and more seldom."""
    pause = min(SOON * 2 ** min(pod.failures, 5), LONGEST_BACK_OFF)
    if isinstance(error, RemoteBusy):
        pause = max(pause, timedelta(seconds=min(error.retry_after, 600)))
    return Verdict(None, pause, {"difficulty": str(error), "failures": pod.failures + 1, **changes})


def give_up(pod: Pod, trouble: Trouble) -> Verdict:
    """Bring to rest what would cost money to no use."""
    return Verdict(pod.rests_in, AT_ONCE, {"trouble": trouble, "reason": sentences.for_trouble(trouble)})


def gone(pod: Pod, trouble: Trouble, reason: str = "") -> Verdict:
    """It is no more."""
    reason = reason or sentences.for_trouble(trouble)
    return Verdict(State.GONE, WHILE_ASLEEP, {"trouble": trouble, "reason": reason})


def fail(trouble: Trouble, reason: str = "") -> Verdict:
    """Nothing was rented, and asking again would not help."""
    told = {"trouble": trouble, "reason": reason or sentences.for_trouble(trouble), "create_sent_at": None}
    return Verdict(State.ERROR, IN_TROUBLE, told)


def other_account() -> Verdict:
    """With this key nobody can say how it is."""
    return stay(LONGEST_BACK_OFF, difficulty=sentences.OTHER_ACCOUNT)


def otherwise(pod: Pod, answer: Answer, *, wait: timedelta = SOON, is_expected: bool = False) -> Verdict:
    """Judge what is alike in most states."""
    if isinstance(answer, answers.Missing):
        return gone(pod, Trouble.ENDED_ELSEWHERE) if answer.is_sure else other_account()
    if isinstance(answer, answers.Failed) and not is_expected:
        return hindered(pod, answer.error)
    return stay(wait)


def is_conflict(answer: answers.Failed) -> bool:
    """Tell whether RunPod finds the deed out of place in the pod's state: look again."""
    return isinstance(answer.error, RemoteRejected) and answer.error.status == 409


def trouble_of(error: RemoteRejected) -> Trouble:
    """Name what a refusal to rent or to start is about."""
    known = {401: Trouble.CREDENTIALS, 403: Trouble.CREDENTIALS, 402: Trouble.FUNDS}
    return known.get(error.status or 0, Trouble.REFUSED)
