"""Whether a pod that should be coming up, or be up, still is, and is worth its money."""

from datetime import datetime

from clients.runpod import RemotePod
from clients.runpod.records import ERROR, EXITED, KNOWN, TERMINATED
from settings_app.pods import sentences
from settings_app.pods.choices import COMING, State, Trouble
from settings_app.pods.judging.patience import SOON, STALE, WHILE_ASLEEP
from settings_app.pods.judging.verdicts import Verdict, give_up, gone, lasted, stay
from settings_app.pods.models import Pod


def ended_or_unfit(pod: Pod, seen: RemotePod, now: datetime) -> Verdict | None:
    """Return what to do when a pod that should be coming up, or be up, is not; None when all is well."""
    if seen.status not in KNOWN:
        return Verdict(State.UNKNOWN, SOON, {"difficulty": sentences.unknown_word(seen.status)})
    if seen.status == TERMINATED:
        return gone(pod, Trouble.ENDED_ELSEWHERE)
    if seen.status == ERROR:
        return give_up(pod, Trouble.REMOTE_ERROR)
    if seen.status == EXITED:
        return _exited(pod, now)
    if seen.has_no_card:
        return give_up(pod, Trouble.NO_CARD)
    if pod.state in COMING and too_expensive(pod, seen):
        return give_up(pod, Trouble.PRICE)
    return None


def _exited(pod: Pod, now: datetime) -> Verdict:
    if pod.state not in COMING or pod.ready_at:
        reason = sentences.for_trouble(Trouble.ENDED_ELSEWHERE)
        return Verdict(State.STOPPED, WHILE_ASLEEP, {"trouble": Trouble.ENDED_ELSEWHERE, "reason": reason})
    return stay(SOON) if lasted(pod, now) < STALE else give_up(pod, Trouble.BOOT_FAILED)


def too_expensive(pod: Pod, seen: RemotePod) -> bool:
    """Tell whether it costs more than the owner allows."""
    return bool(pod.price_ceiling and seen.cost and seen.cost > pod.price_ceiling)
