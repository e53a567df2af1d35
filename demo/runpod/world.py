"""All that the stand-in knows and is: pods, volumes, prices, the clock, and a journal of what it was asked."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from demo.runpod.pods import Charge, FakePod, Times
from demo.runpod.quirks import Quirks

Json = dict[str, Any]
ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
KEY = "rpa_STANDIN0KEY0OF0THE0FAKE0abcd"
CARDS = {
    "NVIDIA RTX A5000": ("RTX A5000", 24, "0.27", "0.16"),
    "NVIDIA RTX A4000": ("RTX A4000", 16, "0.25", "0.17"),
    "NVIDIA A40": ("A40", 48, "0.40", ""),
    "NVIDIA GeForce RTX 4090": ("RTX 4090", 24, "0.69", "0.34"),
    "NVIDIA L40S": ("L40S", 48, "0.86", "0.79"),
}
PLACES = {"EU-RO-1": "Romania 1", "US-KS-2": "Kansas 2"}


def places_of(card: str) -> list[str]:
    """Return where a card is; only one of them is everywhere."""
    return list(PLACES) if card == "NVIDIA RTX A5000" else ["EU-RO-1"]


class SteppedClock:
    """A clock that moves when it is told."""

    def __init__(self, moment: datetime | None = None) -> None:
        self.moment = moment or datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the present moment."""
        return self.moment

    def advance(self, **span: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**span)


@dataclass(frozen=True)
class Asked:
    """One call and its answer; ``body`` never holds the environment."""

    at: datetime
    method: str
    path: str
    status: int
    body: Json = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass
class World:
    """One account at RunPod."""

    clock: Callable[[], datetime]
    key: str = KEY
    times: Times = field(default_factory=Times)
    quirks: Quirks = field(default_factory=Quirks)
    pods: dict[str, FakePod] = field(default_factory=dict)
    volumes: dict[str, Json] = field(default_factory=dict)
    journal: list[Asked] = field(default_factory=list)

    def add_volume(self, volume_id: str = "vol0standin", data_center: str = "EU-RO-1") -> str:
        """Make a network volume."""
        self.volumes[volume_id] = {
            "id": volume_id,
            "name": "models",
            "size": 100,
            "dataCenter": data_center,
            "type": "STANDARD",
        }
        return volume_id

    def rent(self, request: Json) -> FakePod:
        """Make a pod; from now on it costs money."""
        now, rate = self.clock(), self.price(request["gpu"]["id"], request.get("cloud", "SECURE"))
        pod = FakePod(id=self._new_id(), request=request, created=now, rate=rate, started=now)
        pod.charges.append(Charge(now, rate))
        self.pods[pod.id] = pod
        return pod

    def start(self, pod: FakePod) -> None:
        """Start a stopped pod."""
        now = self.clock()
        pod.stopped, pod.started, pod.heard = None, now, None
        pod.has_card = not self.quirks.start_without_card
        pod.charges.append(Charge(now, pod.rate))

    def stop(self, pod: FakePod) -> None:
        """Stop a pod, here or on RunPod's own page."""
        if not self.quirks.happens("stop_ignored"):
            pod.stop_at(self.clock() + timedelta(seconds=self.quirks.stop_slowly))

    def terminate(self, pod: FakePod) -> None:
        """Delete a pod."""
        pod.terminated = self.clock()
        pod.stop_charging(pod.terminated)

    def change_price(self, pod: FakePod, rate: str) -> None:
        """Have a running pod cost something else from now on."""
        now = self.clock()
        pod.stop_charging(now)
        pod.rate = Decimal(rate)
        pod.charges.append(Charge(now, pod.rate))

    def settle(self) -> None:
        """End the charges of pods that exited, or ended themselves."""
        for pod in self.pods.values():
            if self.status(pod) == "EXITED" and not pod.stopped:
                pod.stop_at(self.clock())
            ends = pod.ends_itself_at(self.times)
            if ends and ends <= self.clock() and self.status(pod) == "RUNNING" and not self.quirks.pod_key_fails:
                self._end_itself(pod, ends)

    def _end_itself(self, pod: FakePod, moment: datetime) -> None:
        pod.stop_at(moment)
        if pod.environment.get("GALLERY_AT_LAST") == "terminate":
            pod.terminated = moment

    def status(self, pod: FakePod) -> str:
        """Return RunPod's word for a pod now."""
        return pod.status(self.clock(), self.times, self.quirks)

    def told(self, pod: FakePod) -> Json:
        """Return a pod as the API tells it now."""
        return pod.as_json(self.clock(), self.times, self.quirks)

    def present(self) -> list[FakePod]:
        """Return the pods that are not terminated, the newest first."""
        return sorted((pod for pod in self.pods.values() if not pod.terminated), key=lambda pod: pod.created)[::-1]

    def costing(self) -> list[FakePod]:
        """Return the pods that cost money now."""
        self.settle()
        return [pod for pod in self.pods.values() if pod.charged_at(self.clock())]

    def bill(self) -> Decimal:
        """Return what everything truly cost up to now."""
        self.settle()
        return sum((pod.bill(self.clock()) for pod in self.pods.values()), Decimal(0))

    def price(self, card: str, cloud: str) -> Decimal:
        """Return USD per hour."""
        _, _, secure, community = CARDS[card]
        return Decimal(self.quirks.price_now or (secure if cloud == "SECURE" else community))

    def asked(self, beginning: str) -> list[Asked]:
        """Return the calls that begin so, such as "POST /v2/pods"."""
        return [call for call in self.journal if str(call).startswith(beginning)]

    def _new_id(self) -> str:
        return "".join(secrets.choice(ALPHABET) for _ in range(14))
