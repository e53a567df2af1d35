"""What the owner is told of a pod: what happened, what it means for the money, what to do."""

from typing import TYPE_CHECKING

from settings_app.pods.choices import Trouble

if TYPE_CHECKING:
    from settings_app.pods.models import Pod

OTHER_ACCOUNT = (
    "RunPod does not know this pod, but the API key is not the one it was rented with. Enter that key again, or look"
    " at RunPod’s own page: the pod may still cost money."
)
TROUBLES = {
    Trouble.CREDENTIALS: "RunPod does not accept the API key. Enter a valid one in Settings.",
    Trouble.FUNDS: "The balance at RunPod is too low. Add credit there, then start again.",
    Trouble.REFUSED: "RunPod refused the request.",
    Trouble.NO_CAPACITY: "RunPod had no machine free. Try later, choose another card, or use your own GPU.",
    Trouble.PRICE: "The pod cost more than your ceiling allows, so it was ended at once.",
    Trouble.LOST: "RunPod never said what became of the request, and lists nothing of that name. Start again.",
    Trouble.NO_CARD: "RunPod gave the pod no graphics card, so it was ended. Start again, or choose another card.",
    Trouble.BOOT_TIMEOUT: "The pod did not become ready in time, so it was ended. Start again; the log says more.",
    Trouble.BOOT_FAILED: "The pod ended while it was starting. The log says more.",
    Trouble.REMOTE_ERROR: "RunPod reports an error of the pod. It may go on costing until it is ended.",
    Trouble.OPEN_DOOR: "InvokeAI in the pod asks nobody for a password, so the pod was ended.",
    Trouble.FOREIGN_ACCOUNT: (
        "InvokeAI in the pod has an administrator who is not the gallery, so the pod was ended. Look at the volume"
        " before you start again."
    ),
    Trouble.ENDED_ELSEWHERE: "The pod was stopped or ended outside the gallery.",
}


def for_trouble(trouble: Trouble) -> str:
    """Return the sentences for a trouble; empty for none."""
    return TROUBLES.get(trouble, "")


def none_free(cards: list[str]) -> str:
    """Say that none of several cards can be had."""
    return f"RunPod has none of these cards free at the moment: {', '.join(cards)}."


def still_running(pod: "Pod", *, is_locked: bool) -> str:
    """Say that a pod was told to stop and did not."""
    lock = " It is locked at RunPod: unlock it there." if is_locked else ""
    return f"RunPod was told to stop {pod.name}, but it still runs and costs money.{lock} The gallery goes on trying."


def unknown_word(word: str) -> str:
    """Say that RunPod describes a pod in a way we do not know."""
    return f"RunPod calls the pod’s state “{word[:40]}”, which the gallery does not know. It counts on as if it cost."
