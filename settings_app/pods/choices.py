"""The states of a pod, the moves between them, and what can have gone wrong."""

from django.db import models


class Cloud(models.TextChoices):
    """Whose machines."""

    SECURE = "SECURE", "Secure cloud (data centres)"
    COMMUNITY = "COMMUNITY", "Community cloud (cheaper, other people’s machines)"


class State(models.TextChoices):
    """Where a pod stands in its life, as far as we know; that there is none has no row."""

    CREATING = "creating", "Renting a machine"
    NO_CAPACITY = "no_capacity", "Waiting for a free machine"
    RESUMING = "resuming", "Waking up"
    STARTING = "starting", "Loading the software"
    BOOTING = "booting", "Starting InvokeAI"
    READY = "ready", "Ready"
    DRAINING = "draining", "Finishing before it stops"
    STOPPING = "stopping", "Stopping"
    STOPPED = "stopped", "Asleep"
    TERMINATING = "terminating", "Ending"
    UNKNOWN = "unknown", "In an unknown state"
    ERROR = "error", "In trouble"
    GONE = "gone", "Ended"


class Trouble(models.TextChoices):
    """Why a start did not succeed, or a pod ended unasked."""

    NONE = "", "None"
    CREDENTIALS = "credentials", "The API key is not accepted"
    FUNDS = "funds", "The balance is too low"
    REFUSED = "refused", "RunPod refused the request"
    NO_CAPACITY = "no_capacity", "No machine was free"
    PRICE = "price", "Above the price ceiling"
    LOST = "lost", "RunPod did not say what became of it"
    NO_CARD = "no_card", "The pod came without a graphics card"
    BOOT_TIMEOUT = "boot_timeout", "It did not become ready in time"
    BOOT_FAILED = "boot_failed", "It ended while it was starting"
    REMOTE_ERROR = "remote_error", "RunPod reports an error"
    OPEN_DOOR = "open_door", "InvokeAI there asks nobody for a password"
    FOREIGN_ACCOUNT = "foreign_account", "Somebody else made themselves administrator"
    ENDED_ELSEWHERE = "ended_elsewhere", "It was ended outside the gallery"


S = State

# How a pod leaves each state. Whatever may cost money can be stopped, and can turn out to be gone.
_ENDS = {S.STOPPING, S.TERMINATING, S.STOPPED, S.GONE, S.UNKNOWN, S.ERROR}
MOVES: dict[State, set[State]] = {
    S.CREATING: {S.STARTING, S.NO_CAPACITY, *_ENDS},
    S.NO_CAPACITY: {S.CREATING, S.RESUMING, S.STOPPED, S.TERMINATING, S.GONE, S.ERROR},
    S.RESUMING: {S.STARTING, S.NO_CAPACITY, *_ENDS},
    S.STARTING: {S.BOOTING, *_ENDS},
    S.BOOTING: {S.READY, S.STARTING, *_ENDS},
    S.READY: {S.BOOTING, S.DRAINING, *_ENDS},
    S.DRAINING: {S.READY, S.BOOTING, *_ENDS},
    S.STOPPING: {S.STOPPED, S.TERMINATING, S.GONE, S.ERROR},
    S.STOPPED: {S.RESUMING, S.STARTING, S.TERMINATING, S.GONE, S.ERROR, S.UNKNOWN},
    S.TERMINATING: {S.GONE},
    S.UNKNOWN: {S.STARTING, S.BOOTING, S.STOPPED, S.STOPPING, S.TERMINATING, S.ERROR, S.GONE},
    S.ERROR: {S.CREATING, S.UNKNOWN, S.STARTING, S.STOPPED, S.STOPPING, S.TERMINATING, S.GONE},
    S.GONE: set(),
}
# InvokeAI can be reached in these.
REACHABLE = frozenset({S.READY, S.DRAINING})
# Something moves: look every few seconds.
MOVING = frozenset(
    {S.CREATING, S.NO_CAPACITY, S.RESUMING, S.STARTING, S.BOOTING, S.DRAINING, S.STOPPING, S.TERMINATING, S.UNKNOWN}
)
# On the way to readiness: work may wait for it.
COMING = frozenset({S.CREATING, S.NO_CAPACITY, S.RESUMING, S.STARTING, S.BOOTING})
