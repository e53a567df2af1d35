"""What the answer to a call means for a pod, decided without network, database or clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from clients.errors import RemoteBusy, RemoteRejected
from clients.runpod import NoCapacity, RemotePod
from clients.runpod.records import ERROR, EXITED, KNOWN, RUNNING, TERMINATED
from settings_app.pods import answers, sentences
from settings_app.pods.answers import Answer
from settings_app.pods.choices import COMING, State, Trouble
from settings_app.pods.models import Pod

SECONDS = timedelta(seconds=1)
MINUTES = timedelta(minutes=1)

AT_ONCE = timedelta(0)
SOON = 5 * SECONDS
WHILE_READY = 30 * SECONDS
WHILE_ASLEEP = 10 * MINUTES
IN_TROUBLE = 5 * MINUTES
LONGEST_BACK_OFF = 60 * SECONDS

# After a request whose answer got lost: as long as it may take, and a minute for it to show in the list.
LOST_FOR = 105 * SECONDS
MOST_CREATES = 3
WAIT_FOR_MACHINE = (30 * SECONDS, MINUTES, 2 * MINUTES, 5 * MINUTES)
START_PATIENCE = 15 * MINUTES
BOOT_PATIENCE = 10 * MINUTES
FIRST_BOOT_PATIENCE = 20 * MINUTES
RESUME_PATIENCE = 3 * MINUTES
# A start that was accepted may be described as stopped for a moment longer.
STALE = 30 * SECONDS
ALARM_AFTER = 2 * MINUTES
DEAF_ROUNDS = 3
DRAIN_PATIENCE = 15 * MINUTES


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


Judge = Callable[[Pod, Answer, datetime], Verdict]


def judge(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    """Return what an answer means for a pod.

    Args:
        pod: as it was before the call was made.
        answer: what came of the call.
        now: after the call.
    """
    verdict = _replaced(pod, answer) if pod.replaced_at else _JUDGES[State(pod.state)](pod, answer, now)
    if isinstance(answer, answers.Failed):
        return verdict
    return Verdict(verdict.to, verdict.wait, {"difficulty": "", "failures": 0, **verdict.changes})


def lasted(pod: Pod, now: datetime) -> timedelta:
    """Return how long a pod has been in its state."""
    return max(now - pod.state_since, timedelta(0))


def _creating(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    if isinstance(answer, answers.Seen):
        return _accepted(pod, answer.pod)
    if isinstance(answer, answers.Found):
        return _accepted(pod, answer.best) if answer.best else _nobody_found(pod, now)
    if isinstance(answer, answers.Missing):
        return _gone(pod, Trouble.ENDED_ELSEWHERE) if answer.is_sure else _other_account()
    return _not_created(pod, answer) if isinstance(answer, answers.Failed) else _stay(SOON)


def _accepted(pod: Pod, seen: RemotePod) -> Verdict:
    if too_expensive(pod, seen):
        return _give_up(pod, Trouble.PRICE)
    return Verdict(State.STARTING, SOON)


def _nobody_found(pod: Pod, now: datetime) -> Verdict:
    """Create anew only when a request that arrived would have shown by now."""
    if pod.create_sent_at and timedelta(0) <= now - pod.create_sent_at < LOST_FOR:
        return _stay(SOON)
    if pod.create_attempts < MOST_CREATES:
        return _stay(AT_ONCE, create_sent_at=None)
    return _fail(Trouble.LOST)


def _not_created(pod: Pod, answer: answers.Failed) -> Verdict:
    """Judge a failed request to rent, or a failed look for our name.

    Only a refusal says that nothing was rented, and only when it is the request itself that was refused.
    """
    error = answer.error
    if pod.create_sent_at:  # it was the look that failed
        return _hindered(pod, error)
    if isinstance(error, NoCapacity):
        pause = WAIT_FOR_MACHINE[min(pod.refusals, len(WAIT_FOR_MACHINE) - 1)]
        refused = {"refusals": pod.refusals + 1, "create_sent_at": None, "trouble": Trouble.NO_CAPACITY}
        return Verdict(State.NO_CAPACITY, pause, {**refused, "reason": str(error)})
    if isinstance(error, RemoteBusy):
        return _hindered(pod, error, create_sent_at=None, create_attempts=pod.create_attempts)
    if isinstance(error, RemoteRejected):
        return _fail(_trouble_of(error), str(error))
    return _hindered(pod, error)


def _no_capacity(pod: Pod, _answer: Answer, now: datetime) -> Verdict:
    """Ask again while somebody waits."""
    if pod.wanted_until and now < pod.wanted_until:
        return Verdict(State.RESUMING if pod.pod_id else State.CREATING, AT_ONCE)
    if pod.pod_id:
        return Verdict(State.STOPPED, WHILE_ASLEEP)
    return _gone(pod, Trouble.NO_CAPACITY, pod.reason)


def _resuming(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    if isinstance(answer, answers.Missing):
        return _gone(pod, Trouble.ENDED_ELSEWHERE) if answer.is_sure else _other_account()
    if isinstance(answer, answers.Seen):
        return _resumed(pod, answer.pod, now)
    if not isinstance(answer, answers.Failed):
        return _stay(SOON)
    error = answer.error
    if isinstance(error, NoCapacity):
        pause = WAIT_FOR_MACHINE[min(pod.refusals, len(WAIT_FOR_MACHINE) - 1)]
        refused = {"refusals": pod.refusals + 1, "trouble": Trouble.NO_CAPACITY, "reason": str(error)}
        return Verdict(State.NO_CAPACITY, pause, refused)
    if isinstance(error, RemoteRejected) and error.status == 409:
        return _stay(SECONDS)
    if isinstance(error, RemoteRejected):
        return Verdict(State.STOPPED, WHILE_ASLEEP, {"trouble": _trouble_of(error), "reason": str(error)})
    return _hindered(pod, error)


def _resumed(pod: Pod, seen: RemotePod, now: datetime) -> Verdict:
    if seen.status == TERMINATED:
        return _gone(pod, Trouble.ENDED_ELSEWHERE)
    if seen.status == ERROR:
        return _give_up(pod, Trouble.REMOTE_ERROR)
    if seen.status != EXITED:
        return Verdict(State.STARTING, SOON) if seen.status in KNOWN else Verdict(State.UNKNOWN, SOON)
    if lasted(pod, now) > RESUME_PATIENCE:
        reason = sentences.for_trouble(Trouble.BOOT_FAILED)
        return Verdict(State.STOPPED, WHILE_ASLEEP, {"trouble": Trouble.BOOT_FAILED, "reason": reason})
    is_refused = pod.asked_at and now - pod.asked_at > STALE
    return _stay(SOON, asked_at=None) if is_refused else _stay(SOON)


def _starting(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    if isinstance(answer, answers.Greeted):
        return Verdict(State.BOOTING, SOON, {"good_greetings": 1, "bad_greetings": 0})
    if isinstance(answer, answers.Seen):
        bad = _ended_or_unfit(pod, answer.pod, now)
        if bad:
            return bad
        if answer.pod.status == RUNNING and answer.pod.has_runtime:
            return Verdict(State.BOOTING, AT_ONCE, {"good_greetings": 0, "bad_greetings": 0})
        return _give_up(pod, Trouble.BOOT_TIMEOUT) if lasted(pod, now) > START_PATIENCE else _stay(SOON)
    return _otherwise(pod, answer, is_expected=isinstance(answer, answers.Failed) and answer.by_pod)


def _booting(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    if isinstance(answer, answers.Entered):
        fresh = {"ready_at": pod.ready_at or now, "last_activity_at": now, "bad_greetings": 0, "refusals": 0}
        return Verdict(State.READY, WHILE_READY, {**fresh, "trouble": Trouble.NONE, "reason": "", "asked_at": None})
    if isinstance(answer, answers.Barred):
        return _give_up(pod, answer.trouble)
    if isinstance(answer, answers.Greeted):
        return _stay(SECONDS if pod.good_greetings else 2 * SECONDS, good_greetings=pod.good_greetings + 1)
    if isinstance(answer, answers.Seen) and (bad := _ended_or_unfit(pod, answer.pod, now)):
        return bad
    if lasted(pod, now) > _boot_patience(pod):
        return _give_up(pod, Trouble.BOOT_TIMEOUT)
    if isinstance(answer, answers.Seen):
        return _stay(SECONDS)
    if isinstance(answer, answers.Failed) and answer.by_pod and not isinstance(answer.error, RemoteRejected):
        return _stay(SOON, good_greetings=0)
    return _otherwise(pod, answer)


def _boot_patience(pod: Pod) -> timedelta:
    """The first boot on a volume takes longer: the database is made, and the account."""
    return BOOT_PATIENCE if pod.account.proven_at else FIRST_BOOT_PATIENCE


def _ready(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    if isinstance(answer, answers.Greeted):
        return _stay(WHILE_READY, bad_greetings=0)
    if isinstance(answer, answers.Seen):
        return _ended_or_unfit(pod, answer.pod, now) or _stay(SOON if pod.bad_greetings else WHILE_READY)
    is_deaf = isinstance(answer, answers.Failed) and answer.by_pod
    if is_deaf and pod.bad_greetings + 1 >= DEAF_ROUNDS:
        return Verdict(State.BOOTING, AT_ONCE, {"good_greetings": 0, "bad_greetings": 0})
    if is_deaf:
        return _stay(SOON, bad_greetings=pod.bad_greetings + 1)
    return _otherwise(pod, answer)


def _draining(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    if isinstance(answer, answers.Unfinished):
        is_done = answer.in_queue == 0 and answer.load.is_finished
        return Verdict(pod.rests_in, AT_ONCE) if is_done else _stay(SOON, bad_greetings=0)
    if isinstance(answer, answers.Seen):
        return _ended_or_unfit(pod, answer.pod, now) or _stay(AT_ONCE)
    if isinstance(answer, answers.Failed) and answer.by_pod:
        deaf = pod.bad_greetings + 1
        # Stopping loses nothing: what was made lies on the volume, or on the stopped pod's disk.
        if deaf >= DEAF_ROUNDS and lasted(pod, now) > DRAIN_PATIENCE:
            return Verdict(pod.rests_in, AT_ONCE)
        return _hindered(pod, answer.error, bad_greetings=deaf)
    return _otherwise(pod, answer)


def _ending(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    """Stopping and terminating: over only when it was read back; tried for ever until then, and shouted about."""
    if isinstance(answer, answers.Nothing):
        return _gone(pod, Trouble(pod.trouble), pod.reason)
    if isinstance(answer, answers.Found):
        return _found_to_end(pod, answer, now)
    if isinstance(answer, answers.Missing):
        return _gone(pod, Trouble(pod.trouble), pod.reason) if answer.is_sure else _other_account()
    if isinstance(answer, answers.Seen):
        return _seen_ending(pod, answer.pod, now)
    if isinstance(answer, answers.Failed) and _is_conflict(answer):
        return _stay(SECONDS)
    if isinstance(answer, answers.Failed):
        return _hindered(pod, answer.error)
    return _stay(SECONDS if isinstance(answer, answers.Done) else AT_ONCE)


def _seen_ending(pod: Pod, seen: RemotePod, now: datetime) -> Verdict:
    if seen.status == TERMINATED:
        return _gone(pod, Trouble(pod.trouble), pod.reason)
    if seen.status == EXITED and pod.state == State.STOPPING:
        return Verdict(State.STOPPED, WHILE_ASLEEP)
    if seen.status == ERROR and pod.state == State.STOPPING and lasted(pod, now) > STALE:
        reason = sentences.for_trouble(Trouble.REMOTE_ERROR)
        return Verdict(State.ERROR, IN_TROUBLE, {"trouble": Trouble.REMOTE_ERROR, "reason": reason})
    alarm = (
        {"difficulty": sentences.still_running(pod, is_locked=seen.is_locked)} if lasted(pod, now) > ALARM_AFTER else {}
    )
    return _stay(SOON, **alarm)


def _found_to_end(pod: Pod, answer: answers.Found, now: datetime) -> Verdict:
    if answer.best:
        return _stay(AT_ONCE)
    if pod.create_sent_at and timedelta(0) <= now - pod.create_sent_at < LOST_FOR:
        return _stay(SOON)
    return _gone(pod, Trouble(pod.trouble), pod.reason)


def _stopped(pod: Pod, answer: Answer, _now: datetime) -> Verdict:
    if isinstance(answer, answers.Seen) and answer.pod.status == TERMINATED:
        return _gone(pod, Trouble.ENDED_ELSEWHERE)
    if isinstance(answer, answers.Seen) and answer.pod.may_bill:
        is_fresh = answer.pod.status in KNOWN and answer.pod.status != ERROR
        return Verdict(State.STARTING if is_fresh else State.UNKNOWN, AT_ONCE)
    if isinstance(answer, answers.Failed):
        return _hindered(pod, answer.error)
    return _otherwise(pod, answer, wait=WHILE_ASLEEP)


def _unknown(pod: Pod, answer: Answer, _now: datetime) -> Verdict:
    """Not knowing is not stopped: it goes on costing, and no other pod is begun."""
    if not isinstance(answer, answers.Seen):
        return _otherwise(pod, answer)
    seen = answer.pod
    if seen.status not in KNOWN:
        return Verdict(None, 30 * SECONDS, {"difficulty": sentences.unknown_word(seen.status)})
    if seen.status == TERMINATED:
        return _gone(pod, Trouble.ENDED_ELSEWHERE)
    if seen.status == EXITED:
        return Verdict(State.STOPPED, WHILE_ASLEEP)
    if seen.status == ERROR:
        return _give_up(pod, Trouble.REMOTE_ERROR)
    is_up = seen.status == RUNNING and seen.has_runtime
    return Verdict(State.BOOTING if is_up else State.STARTING, AT_ONCE, {"good_greetings": 0})


def _error(pod: Pod, answer: Answer, now: datetime) -> Verdict:
    """With a pod it goes on costing until somebody ends it; without one it waits for the owner."""
    if isinstance(answer, answers.Seen) and answer.pod.status == ERROR:
        return Verdict(State.TERMINATING, AT_ONCE) if pod.is_disposable else _stay(IN_TROUBLE)
    if isinstance(answer, answers.Seen):
        return _unknown(pod, answer, now)
    return _otherwise(pod, answer, wait=IN_TROUBLE)


def _replaced(pod: Pod, answer: Answer) -> Verdict:
    """Another pod has its place: delete it, however often it takes."""
    if isinstance(answer, answers.Failed):
        return _hindered(pod, answer.error)
    return _gone(pod, Trouble(pod.trouble), pod.reason)


def _gone_already(_pod: Pod, _answer: Answer, _now: datetime) -> Verdict:
    return _stay(WHILE_ASLEEP)


def _ended_or_unfit(pod: Pod, seen: RemotePod, now: datetime) -> Verdict | None:
    """Return what to do when a pod that should be coming up, or be up, is not; None when all is well."""
    if seen.status not in KNOWN:
        return Verdict(State.UNKNOWN, SOON, {"difficulty": sentences.unknown_word(seen.status)})
    if seen.status == TERMINATED:
        return _gone(pod, Trouble.ENDED_ELSEWHERE)
    if seen.status == ERROR:
        return _give_up(pod, Trouble.REMOTE_ERROR)
    if seen.status == EXITED:
        return _exited(pod, now)
    if seen.has_no_card:
        return _give_up(pod, Trouble.NO_CARD)
    if pod.state in COMING and too_expensive(pod, seen):
        return _give_up(pod, Trouble.PRICE)
    return None


def _exited(pod: Pod, now: datetime) -> Verdict:
    if pod.state not in COMING or pod.ready_at:
        reason = sentences.for_trouble(Trouble.ENDED_ELSEWHERE)
        return Verdict(State.STOPPED, WHILE_ASLEEP, {"trouble": Trouble.ENDED_ELSEWHERE, "reason": reason})
    return _stay(SOON) if lasted(pod, now) < STALE else _give_up(pod, Trouble.BOOT_FAILED)


def too_expensive(pod: Pod, seen: RemotePod) -> bool:
    """Tell whether it costs more than the owner allows."""
    return bool(pod.price_ceiling and seen.cost and seen.cost > pod.price_ceiling)


def _give_up(pod: Pod, trouble: Trouble) -> Verdict:
    """Bring to rest what would cost money to no use."""
    return Verdict(pod.rests_in, AT_ONCE, {"trouble": trouble, "reason": sentences.for_trouble(trouble)})


def _gone(pod: Pod, trouble: Trouble, reason: str = "") -> Verdict:
    reason = reason or sentences.for_trouble(trouble)
    return Verdict(State.GONE, WHILE_ASLEEP, {"trouble": trouble, "reason": reason})


def _fail(trouble: Trouble, reason: str = "") -> Verdict:
    """Nothing was rented, and asking again would not help."""
    told = {"trouble": trouble, "reason": reason or sentences.for_trouble(trouble), "create_sent_at": None}
    return Verdict(State.ERROR, IN_TROUBLE, told)


def _other_account() -> Verdict:
    return _stay(LONGEST_BACK_OFF, difficulty=sentences.OTHER_ACCOUNT)


def _otherwise(pod: Pod, answer: Answer, *, wait: timedelta = SOON, is_expected: bool = False) -> Verdict:
    """Judge what is alike in most states."""
    if isinstance(answer, answers.Missing):
        return _gone(pod, Trouble.ENDED_ELSEWHERE) if answer.is_sure else _other_account()
    if isinstance(answer, answers.Failed) and not is_expected:
        return _hindered(pod, answer.error)
    return _stay(wait)


def _hindered(pod: Pod, error: Exception, **changes: Any) -> Verdict:
    """Stay, and try again more and more seldom."""
    pause = min(SOON * 2 ** min(pod.failures, 5), LONGEST_BACK_OFF)
    if isinstance(error, RemoteBusy):
        pause = max(pause, timedelta(seconds=min(error.retry_after, 600)))
    return Verdict(None, pause, {"difficulty": str(error), "failures": pod.failures + 1, **changes})


def _stay(wait: timedelta, **changes: Any) -> Verdict:
    return Verdict(None, wait, changes)


def _is_conflict(answer: answers.Failed) -> bool:
    return isinstance(answer.error, RemoteRejected) and answer.error.status == 409


def _trouble_of(error: RemoteRejected) -> Trouble:
    known = {401: Trouble.CREDENTIALS, 403: Trouble.CREDENTIALS, 402: Trouble.FUNDS}
    return known.get(error.status or 0, Trouble.REFUSED)


_JUDGES: dict[State, Judge] = {
    State.CREATING: _creating,
    State.NO_CAPACITY: _no_capacity,
    State.RESUMING: _resuming,
    State.STARTING: _starting,
    State.BOOTING: _booting,
    State.READY: _ready,
    State.DRAINING: _draining,
    State.STOPPING: _ending,
    State.TERMINATING: _ending,
    State.STOPPED: _stopped,
    State.UNKNOWN: _unknown,
    State.ERROR: _error,
    State.GONE: _gone_already,
}
