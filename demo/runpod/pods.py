"""Pods by the clock of the world they are in, and what they truly cost."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from demo.runpod.quirks import Quirks

Json = dict[str, Any]
BILLING = {"PROVISIONING", "STARTING", "RUNNING", "ERROR"}
ACTIONS = {
    "RUNNING": ["stop", "restart", "terminate"],
    "EXITED": ["start", "terminate"],
    "ERROR": ["start", "terminate"],
    "PROVISIONING": ["stop", "terminate"],
    "STARTING": ["stop", "terminate"],
    "TERMINATED": [],
}


@dataclass(frozen=True)
class Times:
    """Seconds after a start."""

    placed: float = 5
    running: float = 20
    runtime: float = 25
    listening: float = 40


@dataclass
class Charge:
    """A stretch of time at one rate."""

    began: datetime
    rate: Decimal
    ended: datetime | None = None


@dataclass
class FakePod:
    """One pod. What it is follows from when it was started or stopped, and the present moment."""

    id: str
    request: Json
    created: datetime
    rate: Decimal
    started: datetime
    stopped: datetime | None = None
    terminated: datetime | None = None
    has_card: bool = True
    heard: datetime | None = None
    charges: list[Charge] = field(default_factory=list)

    @property
    def volume(self) -> str:
        """What its InvokeAI's data lies on."""
        mounts = self.request.get("mounts", {}).get("network", [])
        return mounts[0]["volumeId"] if mounts else self.id

    def status(self, now: datetime, times: Times, quirks: Quirks) -> str:
        """Return RunPod's word for it."""
        if self.terminated:
            return "TERMINATED"
        if self.stopped and now >= self.stopped:
            return "EXITED"
        age = (now - self.started).total_seconds()
        if quirks.status_word:
            return quirks.status_word
        if quirks.running_at_once:
            return "RUNNING"
        if age < times.placed:
            return "PROVISIONING"
        if age < times.running or quirks.never_runs:
            return "STARTING"
        if quirks.fails:
            return "ERROR"
        if quirks.exits:
            return "EXITED"
        return "RUNNING"

    def runtime(self, now: datetime, times: Times, quirks: Quirks) -> Json | None:
        """Return what the container tells of itself, once it is up."""
        age = (now - self.started).total_seconds()
        if self.status(now, times, quirks) != "RUNNING" or age < times.runtime or quirks.runtime_never_told:
            return None
        cards = [{"util": 0, "memoryUtil": 0}] if self.has_card else []
        return {"uptime": int(age), "gpus": cards, "cpu": {"util": 1}, "memory": {"util": 2}, "ports": []}

    def listens(self, now: datetime, times: Times, quirks: Quirks) -> bool:
        """Tell whether InvokeAI answers inside."""
        age = (now - self.started).total_seconds()
        return self.status(now, times, quirks) in ("RUNNING", quirks.status_word) and age >= times.listening

    @property
    def environment(self) -> dict[str, str]:
        """What its container was given."""
        found: dict[str, str] = self.request.get("env", {})
        return found

    def ends_itself_at(self, times: Times) -> datetime | None:
        """Tell when the watch in it will end it: after its longest time, or alone for too long once it was heard."""
        longest, silence = (
            self.environment.get("GALLERY_LONGEST_SECONDS"),
            self.environment.get("GALLERY_SILENCE_SECONDS"),
        )
        ends = [self.started + timedelta(seconds=times.runtime + float(longest))] if longest else []
        if silence and self.heard:
            ends.append(self.heard + timedelta(seconds=float(silence)))
        return min(ends, default=None)

    def stop_at(self, moment: datetime) -> None:
        """Have it stopped, and no longer charged, from ``moment`` on."""
        self.stopped = moment
        self.stop_charging(moment)

    def stop_charging(self, moment: datetime) -> None:
        """End the present charge."""
        for charge in self.charges:
            charge.ended = charge.ended or moment

    def bill(self, now: datetime) -> Decimal:
        """Return what it truly cost up to ``now``."""
        total = Decimal(0)
        for charge in self.charges:
            span = min(charge.ended or now, now) - charge.began
            total += charge.rate * Decimal(max(span, timedelta(0)) // timedelta(microseconds=1)) / 3_600_000_000
        return total

    def charged_at(self, moment: datetime) -> bool:
        """Tell whether it cost money at a moment."""
        return any(
            charge.began <= moment and (charge.ended is None or moment < charge.ended) for charge in self.charges
        )

    def as_json(self, now: datetime, times: Times, quirks: Quirks) -> Json:
        """Return the pod as the API tells it, environment in clear included."""
        status = self.status(now, times, quirks)
        told: Json = {
            "id": self.id,
            "name": self.request["name"],
            "image": self.request.get("image"),
            "status": status,
            "actions": [] if quirks.locked else ACTIONS.get(status, []),
            "args": "",
            "disk": self.request.get("disk", 20),
            "ports": self.request.get("ports", []),
            "env": self.request.get("env", {}),
            "registry": None,
            "template": None,
            "locked": quirks.locked,
            "mounts": self.request.get("mounts", {}),
            "gpu": {"id": self.request["gpu"]["id"], "count": int(self.has_card), "vcpuCount": 9, "memory": 50},
            "cloud": self.request.get("cloud", "SECURE"),
            "dataCenterId": (self.request.get("dataCenterIds") or ["EU-RO-1"])[0],
            "cudaVersion": "12.8",
            "cost": float(self._cost(status, quirks)),
            "ssh": {"proxy": None, "direct": None},
            "globalNetworking": {"enabled": False},
            "runtime": self.runtime(now, times, quirks),
            "createdAt": _stamp(self.created),
            "startedAt": _stamp(self.started),
            "aFieldOfTomorrow": {"unknown": True},
        }
        if quirks.cost_missing:
            del told["cost"]
        return told

    def _cost(self, status: str, quirks: Quirks) -> Decimal:
        if status in ("EXITED", "TERMINATED"):
            return Decimal(quirks.stopped_cost)
        return Decimal(0) if quirks.cost_zero else self.rate


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
