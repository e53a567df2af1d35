"""The bar on every page while money may be running: how the pod is, what it costs, when it stops."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from generation.renting import acts, guarding
from generation.renting.phases import phase_of
from generation.showing.telling import hour, minutes
from generation.showing.wording import count_of
from settings_app.models import ApplicationSettings, Pod, PodSession
from settings_app.pods import metering, work
from settings_app.pods.choices import REACHABLE, State
from settings_app.pods.work import Load

SHOWN_AFTER = timedelta(minutes=3)
UNHEARD_FOR = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Bar:
    """What the bar shows.

    Attributes:
        phase: what happens, in a few words.
        rate: USD per hour; 0 while nothing is counted.
        cost: USD of this session so far, exact.
        idle_left: seconds until it stops by itself; None while it is held, or not ready.
        held: why it does not stop by itself.
        alarm: what needs the owner.
        is_over: it was read back that nothing runs any more.
    """

    pod: Pod
    phase: str
    rate: Decimal
    cost: Decimal
    is_estimated: bool
    load: Load
    idle_left: int | None = None
    held: str = ""
    alarm: str = ""
    can_stop: bool = False
    is_over: bool = False
    took: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether the lamp is hollow: nothing works there yet, or any more."""
        return self.is_over or self.pod.state not in (State.READY, State.DRAINING)

    @property
    def must_ask(self) -> bool:
        """Whether stopping needs a question first."""
        return not self.load.is_finished

    @property
    def countdown(self) -> str:
        """The time until it stops by itself."""
        return minutes(timedelta(seconds=self.idle_left or 0))

    @property
    def is_soon(self) -> bool:
        """Whether it stops within two minutes."""
        return self.idle_left is not None and self.idle_left < 120


def bar(now: datetime) -> Bar | None:
    """Return the bar; None while no money can be running."""
    pod = Pod.objects.awake().first()
    if pod is None:
        return None
    meter, load = metering.current(now), work.load_on(pod.server)
    idle_left, held = _idle(pod, load, now)
    return Bar(
        pod=pod,
        phase=_phase(pod, load, now),
        rate=meter.rate,
        cost=meter.cost,
        is_estimated=meter.is_estimated,
        load=load,
        idle_left=idle_left,
        held=held,
        alarm=pod.difficulty or (pod.reason if pod.state == State.ERROR else "") or _unheard(pod, now),
        can_stop=pod.state in acts.STOPPABLE,
    )


def farewell(now: datetime) -> Bar | None:
    """Return the bar of a session that has just ended; None when it is not so."""
    ended = (
        PodSession.objects.select_related("pod").filter(ended_at__gt=now - SHOWN_AFTER).order_by("-ended_at").first()
    )
    if ended is None or ended.ended_at is None:
        return None
    took = minutes(ended.ended_at - ended.began_at)
    cost = ended.estimated_cost or Decimal(0)
    word = ended.pod.reason if ended.pod.trouble else ended.pod.stop_word
    return Bar(ended.pod, "Stopped", Decimal(0), cost, ended.is_estimated, Load(), held=word, is_over=True, took=took)


def _unheard(pod: Pod, now: datetime) -> str:
    if pod.state not in REACHABLE or pod.heard_at is None or now - pod.heard_at < UNHEARD_FOR:
        return ""
    return f"The pod has not heard the gallery since {hour(pod.heard_at)}. If that goes on, it ends itself."


def _phase(pod: Pod, load: Load, now: datetime) -> str:
    if pod.state == State.READY:
        return "Working" if load.running else "Ready"
    if pod.state == State.DRAINING and load.unfetched:
        return f"Fetching {count_of(load.unfetched)}, then stopping"
    if pod.state == State.DRAINING and load.running:
        return "Finishing what runs, then stopping"
    return phase_of(pod, now)


def _idle(pod: Pod, load: Load, now: datetime) -> tuple[int | None, str]:
    if pod.state != State.READY:
        return None, ""
    if load.running or load.waiting:
        return None, "held while a step runs"
    if load.unfetched:
        return None, f"held until {count_of(load.unfetched)} came"
    limit = timedelta(minutes=ApplicationSettings.load().idle_timeout_minutes)
    left = limit - (now - guarding.idle_since(pod))
    return max(0, int(left.total_seconds())), ""
