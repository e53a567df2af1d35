"""Whether pictures can be made just now, and if not, what the owner should do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Readiness:
    """One thing that stands in the way.

    Attributes:
        code: no_server, no_models or paused.
        sentence: what it is and what to do next.
        is_blocking: False when a step may be started all the same: it will wait.
    """

    code: str
    sentence: str
    is_blocking: bool


def obstacle(*, server_fault: str, models: int, is_paused: bool) -> Readiness | None:
    """Return the first thing in the way, or None.

    Args:
        server_fault: why the server does not answer, as the client told it; empty when it does.
        models: how many models of the catalogue could be used.
        is_paused: whether somebody paused InvokeAI's queue.
    """
    if models == 0 and server_fault:
        return Readiness("no_server", f"{server_fault} Then read its models on the Models page.", is_blocking=True)
    if models == 0:
        sentence = "No model is known yet. Install one in InvokeAI, then read the catalogue on the Models page."
        return Readiness("no_models", sentence, is_blocking=True)
    if server_fault:
        return Readiness("no_server", f"{server_fault} What you start now waits for it.", is_blocking=False)
    if is_paused:
        sentence = "InvokeAI’s queue is paused. What you start now waits until you resume it in InvokeAI."
        return Readiness("paused", sentence, is_blocking=False)
    return None
