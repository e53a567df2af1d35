"""Being of use, and finishing before the end."""

from datetime import datetime

from settings_app.pods import answers
from settings_app.pods.answers import Answer
from settings_app.pods.choices import State
from settings_app.pods.judging.fitness import ended_or_unfit
from settings_app.pods.judging.patience import AT_ONCE, DEAF_ROUNDS, DRAIN_PATIENCE, SOON, WHILE_READY
from settings_app.pods.judging.verdicts import Verdict, hindered, lasted, otherwise, stay
from settings_app.pods.models import Pod


def beaten(answer: answers.Heard, now: datetime) -> Verdict:
    """Go on at once, heard or not: InvokeAI is another matter."""
    return stay(AT_ONCE, heard_at=now) if answer.is_so else stay(AT_ONCE)


def ready(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    """Go on while InvokeAI answers; when it falls silent, wait for it anew, but rent nothing else."""
    if isinstance(answer, answers.Heard):
        return beaten(answer, now)
    if isinstance(answer, answers.Greeted):
        return stay(WHILE_READY, bad_greetings=0)
    if isinstance(answer, answers.Seen):
        return ended_or_unfit(pod, answer.pod, now) or stay(SOON if pod.bad_greetings else WHILE_READY)
    is_deaf = isinstance(answer, answers.Failed) and answer.by_pod
    if is_deaf and pod.bad_greetings + 1 >= DEAF_ROUNDS:
        return Verdict(State.BOOTING, AT_ONCE, {"good_greetings": 0, "bad_greetings": 0})
    if is_deaf:
        return stay(SOON, bad_greetings=pod.bad_greetings + 1)
    return otherwise(pod, answer)


def draining(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    """Stop once its queue is empty and everything of ours is here."""
    if isinstance(answer, answers.Heard):
        return beaten(answer, now)
    if isinstance(answer, answers.Unfinished):
        is_done = answer.in_queue == 0 and answer.load.is_finished
        return Verdict(pod.rests_in, AT_ONCE) if is_done else stay(SOON, bad_greetings=0)
    if isinstance(answer, answers.Seen):
        return ended_or_unfit(pod, answer.pod, now) or stay(AT_ONCE)
    if isinstance(answer, answers.Failed) and answer.by_pod:
        deaf = pod.bad_greetings + 1
        # Stopping loses nothing: what was made lies on the volume, or on the stopped pod's disk.
        if deaf >= DEAF_ROUNDS and lasted(pod, now) > DRAIN_PATIENCE:
            return Verdict(pod.rests_in, AT_ONCE)
        return hindered(pod, answer.error, bad_greetings=deaf)
    return otherwise(pod, answer)
