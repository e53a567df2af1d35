"""How a pod comes up: in which phase it is, since when, and how long that usually takes."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from generation.renting import asking
from generation.showing.telling import minutes
from settings_app.models import Pod, PodSession
from settings_app.pods.choices import COMING, State

RENTING = [State.CREATING, State.STARTING, State.BOOTING, State.READY]
WAKING = [State.RESUMING, State.STARTING, State.BOOTING, State.READY]


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase on the way; ``is_now`` for the present one, ``is_done`` for those before it."""

    label: str
    is_now: bool
    is_done: bool


def phase_of(pod: Pod, now: datetime) -> str:
    """Say in which phase a pod is, and how long it takes."""
    label = State(pod.state).label
    if pod.state == State.NO_CAPACITY and pod.wanted_until:
        return f"{label}, asking until {date_format(timezone.localtime(pod.wanted_until), 'H:i')}"
    if pod.state not in COMING:
        return str(label)
    return f"{label}, {minutes(now - _coming_since(pod))} of usually {minutes(asking.usual_start())}"


def phases(pod: Pod) -> list[Phase]:
    """Return all phases on the way to readiness; none when the pod is not on it."""
    if pod.state not in COMING:
        return []
    way = WAKING if _wakes(pod) else RENTING
    state = way[0] if pod.state == State.NO_CAPACITY else State(pod.state)
    here = way.index(state)
    first = State(pod.state).label if here == 0 else way[0].label
    labels = [first, *(each.label for each in way[1:])]
    return [Phase(str(label), place == here, place < here) for place, label in enumerate(labels)]


def _wakes(pod: Pod) -> bool:
    """Tell whether it had a session before the present one, or waits for its own card."""
    if pod.state in (State.RESUMING, State.CREATING):
        return pod.state == State.RESUMING
    return pod.sessions.exclude(ended_at=None).exists()


def _coming_since(pod: Pod) -> datetime:
    """Return when it began to cost money; until then, when it began to be asked for."""
    began = PodSession.objects.open().filter(pod=pod).values_list("began_at", flat=True).first()
    return began or pod.state_since
