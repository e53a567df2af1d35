"""What to do next with a pod: one call, decided without network, database or clock."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from clients.runpod.records import ERROR, EXITED, RUNNING
from settings_app.pods.choices import State, Trouble
from settings_app.pods.models import Pod

SECONDS = timedelta(seconds=1)
# A stop that was looked at and did not work is sent again; one that could not be looked at, a while later.
RESEND = 30 * SECONDS
UNSEEN_RESEND = 120 * SECONDS
LOOK_EVERY = 45 * SECONDS
# While InvokeAI starts it is greeted; every third time the pod itself is looked at.
LOOK_WHILE_BOOTING = 15 * SECONDS
# The watch in the pod ends it after an hour without a sign of life.
BEAT_EVERY = 300 * SECONDS
# A request admitted just before the draining began may still be on its way.
ON_THE_WAY = 40 * SECONDS
WORTH_A_LOG = {Trouble.BOOT_TIMEOUT, Trouble.BOOT_FAILED, Trouble.REMOTE_ERROR, Trouble.NO_CARD}


class Call(StrEnum):
    """What can be asked of RunPod, or of InvokeAI in the pod."""

    NOTHING = "nothing"
    CREATE = "create"
    FIND = "find"
    LOOK = "look"
    START = "start"
    STOP = "stop"
    TERMINATE = "terminate"
    READ_LOG = "read log"
    GREET = "greet"
    ENTER = "enter"
    ASK_QUEUE = "ask queue"
    BEAT = "beat"


def next_call(pod: Pod, now: datetime) -> Call:
    """Return the one call that brings a pod further."""
    if pod.replaced_at:
        return Call.TERMINATE if pod.pod_id else Call.NOTHING
    return {
        State.CREATING: _creating,
        State.NO_CAPACITY: _nothing,
        State.RESUMING: _resuming,
        State.STARTING: _starting,
        State.BOOTING: _booting,
        State.READY: _ready,
        State.DRAINING: _draining,
        State.STOPPING: _stopping,
        State.TERMINATING: _terminating,
        State.STOPPED: _looking,
        State.UNKNOWN: _looking,
        State.ERROR: _looking,
        State.GONE: _nothing,
    }[State(pod.state)](pod, now)


def noted_before(call: Call, pod: Pod, now: datetime) -> dict[str, Any]:
    """Return what is written before a call is made, so that dying in it leaves a trace."""
    if call == Call.CREATE:
        return {"create_sent_at": now, "create_attempts": pod.create_attempts + 1}
    if call in (Call.START, Call.STOP, Call.TERMINATE):
        return {"asked_at": now}
    if call in (Call.GREET, Call.ENTER, Call.ASK_QUEUE):
        return {"greeted_at": now}
    if call == Call.BEAT:
        return {"beat_at": now}
    if call == Call.READ_LOG:
        return {"log_read_at": now}
    return {}


def age(moment: datetime | None, now: datetime) -> timedelta:
    """Return how long ago something was; the longest time when it never was, or the clock was set back since."""
    return now - moment if moment and moment <= now else timedelta.max


def _nothing(_pod: Pod, _now: datetime) -> Call:
    return Call.NOTHING


def _creating(pod: Pod, _now: datetime) -> Call:
    """Never send a request that may have arrived before: look for the name first."""
    if pod.pod_id:
        return Call.LOOK
    return Call.FIND if pod.create_sent_at else Call.CREATE


def _resuming(pod: Pod, _now: datetime) -> Call:
    return Call.LOOK if pod.asked_at else Call.START


def _starting(pod: Pod, now: datetime) -> Call:
    """RUNNING says nothing; when RunPod never tells of a runtime, InvokeAI's own answer counts as well."""
    greet = pod.remote_status == RUNNING and age(pod.greeted_at, now) >= age(pod.looked_at, now)
    return Call.GREET if greet else Call.LOOK


def _booting(pod: Pod, now: datetime) -> Call:
    if age(pod.looked_at, now) >= LOOK_WHILE_BOOTING:
        return Call.LOOK
    return Call.ENTER if pod.good_greetings >= 2 else Call.GREET


def _ready(pod: Pod, now: datetime) -> Call:
    if age(pod.beat_at, now) >= BEAT_EVERY:
        return Call.BEAT
    if age(pod.greeted_at, now) >= 2 * LOOK_EVERY:  # RunPod is looked at in vain
        return Call.GREET
    return Call.LOOK if age(pod.looked_at, now) >= LOOK_EVERY else Call.GREET


def _draining(pod: Pod, now: datetime) -> Call:
    if age(pod.beat_at, now) >= BEAT_EVERY:
        return Call.BEAT
    if age(pod.looked_at, now) >= LOOK_EVERY:
        return Call.LOOK
    return Call.ASK_QUEUE if age(pod.last_activity_at, now) >= ON_THE_WAY else Call.NOTHING


def _stopping(pod: Pod, now: datetime) -> Call:
    return _ending(pod, now, Call.STOP)


def _terminating(pod: Pod, now: datetime) -> Call:
    return _ending(pod, now, Call.TERMINATE)


def _ending(pod: Pod, now: datetime, call: Call) -> Call:
    """Find what may have been rented, read the log that is lost with it, then end it, and look whether that is so."""
    if not pod.pod_id:
        return Call.FIND if pod.create_sent_at else Call.NOTHING
    if pod.trouble in WORTH_A_LOG and pod.log_read_at is None:
        return Call.READ_LOG
    if pod.asked_at is None:
        return Call.LOOK if _cannot_be_stopped(pod, call) else call
    if age(pod.looked_at, now) > age(pod.asked_at, now) and age(pod.asked_at, now) < UNSEEN_RESEND:
        return Call.LOOK
    return call if age(pod.asked_at, now) >= RESEND and not _cannot_be_stopped(pod, call) else Call.LOOK


def _cannot_be_stopped(pod: Pod, call: Call) -> bool:
    return call == Call.STOP and pod.remote_status in (EXITED, ERROR)


def _looking(pod: Pod, _now: datetime) -> Call:
    return Call.LOOK if pod.pod_id else Call.NOTHING
