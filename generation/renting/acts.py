"""What the owner can do about the pod just now, as the page of the pod offers it."""

from dataclasses import dataclass

from settings_app.models import Pod
from settings_app.pods import replacing
from settings_app.pods.choices import COMING, State, Trouble

# Waking it again would meet the same.
CARD_IS_AWAY = {Trouble.NO_CAPACITY, Trouble.NO_CARD, Trouble.BOOT_FAILED, Trouble.BOOT_TIMEOUT}
STOPPABLE = COMING | {State.READY, State.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Act:
    """One button, which leads to a question; ``name`` is that of its address."""

    label: str
    name: str
    icon: str
    is_primary: bool = False


STOP = Act("Stop", "generation:stop-pod", "stop")
STOP_WAITING = Act("Stop waiting", "generation:stop-pod", "stop")
REPLACE = Act("Rent another instead", "generation:replace-pod", "play")
DELETE = Act("Delete it", "generation:end-pod", "trash")
FORGET = Act("It is gone: forget it", "generation:forget-pod", "trash")


def acts(pod: Pod | None, *, has_key: bool) -> list[Act]:
    """Return the buttons for a pod, the one to press next first."""
    if pod is None:
        return [_start("Start a pod")] if has_key else []
    found = [_start(_start_label(pod))] if has_key and pod.state in (State.STOPPED, State.ERROR) else []
    if pod.state in STOPPABLE:
        found.append(STOP_WAITING if pod.state == State.NO_CAPACITY else STOP)
    if _should_be_replaced(pod):
        found.append(REPLACE)
    if may_end(pod):
        found.append(DELETE)
    return [*found, FORGET] if pod.is_out_of_sight else found


def may_end(pod: Pod) -> bool:
    """Tell whether a pod can be deleted with its disk: one that sleeps, or is in trouble at RunPod."""
    return bool(pod.pod_id) and pod.state in (State.STOPPED, State.ERROR)


def _should_be_replaced(pod: Pod) -> bool:
    return replacing.can_be_replaced(pod) and (pod.state == State.NO_CAPACITY or pod.trouble in CARD_IS_AWAY)


def _start(label: str) -> Act:
    return Act(label, "generation:start-pod", "play", is_primary=True)


def _start_label(pod: Pod) -> str:
    if pod.state == State.ERROR:
        return "Try again"
    return "Start a pod" if pod.is_disposable else "Wake it"
