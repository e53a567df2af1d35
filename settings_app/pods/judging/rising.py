"""Coming up: the container, then InvokeAI in it."""

from datetime import datetime, timedelta

from clients.errors import RemoteRejected
from clients.runpod.records import RUNNING
from settings_app.pods import answers
from settings_app.pods.answers import Answer
from settings_app.pods.choices import State, Trouble
from settings_app.pods.judging.fitness import ended_or_unfit
from settings_app.pods.judging.patience import (
    AT_ONCE,
    BOOT_PATIENCE,
    FIRST_BOOT_PATIENCE,
    SECONDS,
    SOON,
    START_PATIENCE,
    WHILE_READY,
)
from settings_app.pods.judging.verdicts import Verdict, give_up, lasted, otherwise, stay
from settings_app.pods.models import Pod


def starting(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    """Wait for the container; RUNNING alone says nothing."""
    if isinstance(answer, answers.Greeted):
        return Verdict(State.BOOTING, SOON, {"good_greetings": 1, "bad_greetings": 0})
    if isinstance(answer, answers.Seen):
        bad = ended_or_unfit(pod, answer.pod, now)
        if bad:
            return bad
        if answer.pod.status == RUNNING and answer.pod.has_runtime:
            return Verdict(State.BOOTING, AT_ONCE, {"good_greetings": 0, "bad_greetings": 0})
        return give_up(pod, Trouble.BOOT_TIMEOUT) if lasted(pod, now) > START_PATIENCE else stay(SOON)
    return otherwise(pod, answer, is_expected=isinstance(answer, answers.Failed) and answer.by_pod)


def booting(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    """Wait for InvokeAI's own answer twice in a row, then for our account to be let in."""
    if isinstance(answer, answers.Entered):
        fresh = {"ready_at": pod.ready_at or now, "last_activity_at": now, "bad_greetings": 0, "refusals": 0}
        return Verdict(State.READY, WHILE_READY, {**fresh, "trouble": Trouble.NONE, "reason": "", "asked_at": None})
    if isinstance(answer, answers.Barred):
        return give_up(pod, answer.trouble)
    if isinstance(answer, answers.Greeted):
        return stay(SECONDS if pod.good_greetings else 2 * SECONDS, good_greetings=pod.good_greetings + 1)
    if isinstance(answer, answers.Seen) and (bad := ended_or_unfit(pod, answer.pod, now)):
        return bad
    if lasted(pod, now) > _boot_patience(pod):
        return give_up(pod, Trouble.BOOT_TIMEOUT)
    if isinstance(answer, answers.Seen):
        return stay(SECONDS)
    if isinstance(answer, answers.Failed) and answer.by_pod and not isinstance(answer.error, RemoteRejected):
        return stay(SOON, good_greetings=0)
    return otherwise(pod, answer)


def _boot_patience(pod: Pod) -> timedelta:
    """The first boot on a volume takes longer: the database is made, and the account."""
    return BOOT_PATIENCE if pod.account.proven_at else FIRST_BOOT_PATIENCE
