"""What the answer to a call means for a pod, decided without network, database or clock."""

from collections.abc import Callable
from datetime import datetime

from settings_app.pods import answers
from settings_app.pods.answers import Answer
from settings_app.pods.choices import State
from settings_app.pods.judging import ending, renting, resting, rising, waking, working
from settings_app.pods.judging.verdicts import Verdict
from settings_app.pods.models import Pod

__all__ = ["Verdict", "judge"]

Judge = Callable[[Pod, Answer, datetime], Verdict]


def judge(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    """Return what an answer means for a pod.

    Args:
        pod: as it was before the call was made.
        answer: what came of the call.
        now: after the call.
    """
    verdict = ending.replaced(pod, answer) if pod.replaced_at else JUDGES[State(pod.state)](pod, answer, now)
    if isinstance(answer, answers.Failed | answers.Heard | answers.Greeted):  # these say nothing of RunPod
        return verdict
    return Verdict(verdict.to, verdict.wait, {"difficulty": "", "failures": 0, **verdict.changes})


JUDGES: dict[State, Judge] = {
    State.CREATING: renting.creating,
    State.NO_CAPACITY: renting.no_capacity,
    State.RESUMING: waking.resuming,
    State.STARTING: rising.starting,
    State.BOOTING: rising.booting,
    State.READY: working.ready,
    State.DRAINING: working.draining,
    State.STOPPING: ending.ending,
    State.TERMINATING: ending.ending,
    State.STOPPED: resting.stopped,
    State.UNKNOWN: resting.unknown,
    State.ERROR: resting.error,
    State.GONE: resting.gone_already,
}
