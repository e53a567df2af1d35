"""Drives the machine over the stand-in, as fast as the clock can be set."""

from collections.abc import Callable
from datetime import timedelta

from demo.runpod.running import FakeRunPod
from settings_app.models import Pod, PodSession, RateSegment
from settings_app.pods import driving, metering, starting
from settings_app.pods.choices import State

VOLUME = "vol0standin"
CREATE = "POST /v2/pods"
MOST_TURNS = 2000


class Machine:
    """Turns and looks."""

    def __init__(self, runpod: FakeRunPod) -> None:
        self.runpod = runpod

    @property
    def pod(self) -> Pod:
        """The newest pod, read anew."""
        return Pod.objects.select_related("account").order_by("-created_at", "-pk")[0]

    @property
    def state(self) -> str:
        return self.pod.state

    def start(self) -> Pod:
        return starting.start()

    def turn(self) -> None:
        """Let time pass to the next turn of any pod, and take it."""
        waiting = Pod.objects.exclude(state=State.GONE).order_by("next_turn_at").first()
        if waiting is None:
            self.wait(60)
            return
        pause = max(waiting.next_turn_at - self.runpod.clock.moment, timedelta(0))
        if waiting.lease_until:
            pause = max(pause, waiting.lease_until - self.runpod.clock.moment + timedelta(seconds=1))
        self.runpod.clock.moment += pause + timedelta(milliseconds=20)
        driving.turn(waiting.pk)

    def until(self, *states: State) -> Pod:
        """Take turns until the newest pod is in one of ``states``."""
        return self.until_so(lambda: self.pod.state in states, f"{states}")

    def until_so(self, holds: Callable[[], bool], what: str = "so") -> Pod:
        for _ in range(MOST_TURNS):
            if holds():
                return self.pod
            self.turn()
        raise AssertionError(f"never {what}: {self.pod.state}, {self.pod.trouble}, {self.pod.difficulty}")

    def run(self, seconds: float) -> None:
        """Take all turns of a stretch of time."""
        until = self.runpod.clock.moment + timedelta(seconds=seconds)
        while True:
            pod = Pod.objects.exclude(state=State.GONE).order_by("next_turn_at").first()
            if pod is None or pod.next_turn_at > until:
                break
            self.turn()
        self.runpod.clock.moment = max(self.runpod.clock.moment, until)

    def ready(self) -> Pod:
        """Start, and wait until the pod is ready."""
        self.start()
        return self.until(State.READY)

    def wait(self, seconds: float) -> None:
        self.runpod.clock.advance(seconds=seconds)

    def metered(self) -> float:
        """What the meter says that everything cost."""
        return float(metering.cost_of(RateSegment.objects.all(), self.runpod.clock.moment))

    def billed(self) -> float:
        """What it truly cost."""
        return float(self.runpod.world.bill())

    def is_honest(self, *, within: float = 0.003) -> bool:
        """Tell whether the meter says what it truly cost, but for what no look could see; a minute is 0.0045."""
        return abs(self.metered() - self.billed()) <= within

    def creates(self) -> int:
        """How many requests to rent were sent."""
        return sum(str(call) == CREATE for call in self.runpod.world.journal)

    def sessions(self) -> list[PodSession]:
        return list(PodSession.objects.order_by("began_at"))
