"""What RunPod tells and takes, as frozen records. This is the only module that knows the names of its fields.

What a pod's environment holds comes back in clear with each answer and is left out here, so that nothing can log it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from clients.runpod import reading

RUNNING = "RUNNING"
EXITED = "EXITED"
ERROR = "ERROR"
TERMINATED = "TERMINATED"
UNDER_WAY = frozenset({"PROVISIONING", "STARTING"})
KNOWN = frozenset({*UNDER_WAY, RUNNING, EXITED, ERROR, TERMINATED})


@dataclass(frozen=True, slots=True)
class RemotePod:
    """A pod as RunPod describes it.

    Attributes:
        status: RunPod's word; may be one that did not exist when this was written. RUNNING says nothing of readiness.
        cost: USD per hour; None when it is not told. May be above zero for a pod that is stopped.
        has_runtime: the container is up.
        gpu_count: None when no card is told of, which a pod that lost its card to somebody else looks like.
        cards_seen: how many cards the container sees; None while that is not known.
        started_at: when it was last started.
    """

    id: str
    name: str
    status: str
    image: str = ""
    cost: Decimal | None = None
    gpu_id: str = ""
    gpu_count: int | None = None
    has_runtime: bool = False
    cards_seen: int | None = None
    is_locked: bool = False
    cloud: str = ""
    data_center: str = ""
    volume_ids: tuple[str, ...] = ()
    created_at: datetime | None = None
    started_at: datetime | None = None

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read one pod."""
        source = reading.mapping(answer, "pod")
        gpu, runtime = reading.part(source, "gpu"), reading.part(source, "runtime")
        networks = reading.part(source, "mounts").get("network")
        return cls(
            id=reading.required(source, "id"),
            name=reading.text(source, "name"),
            status=reading.required(source, "status"),
            image=reading.text(source, "image"),
            cost=reading.money(source, "cost"),
            gpu_id=reading.text(gpu, "id"),
            gpu_count=reading.whole(gpu, "count") if gpu else None,
            has_runtime=bool(runtime),
            cards_seen=len(runtime["gpus"]) if isinstance(runtime.get("gpus"), list) else None,
            is_locked=source.get("locked") is True,
            cloud=reading.text(source, "cloud"),
            data_center=reading.text(source, "dataCenterId"),
            volume_ids=tuple(
                reading.text(mount, "volumeId")
                for mount in (networks if isinstance(networks, list) else [])
                if isinstance(mount, dict)
            ),
            created_at=reading.moment(source, "createdAt"),
            started_at=reading.moment(source, "startedAt"),
        )

    @property
    def may_bill(self) -> bool:
        """Whether money may be running: an unknown word counts as a yes, whatever ``cost`` says."""
        return self.status not in (EXITED, TERMINATED)

    @property
    def has_no_card(self) -> bool:
        """Whether it runs without the card it is paid for."""
        return self.gpu_count == 0 or (self.has_runtime and self.cards_seen == 0)


@dataclass(frozen=True, slots=True)
class PodRequest:
    """What to rent.

    Attributes:
        gpu_type: one id of the catalogue; RunPod takes no list.
        network_volume_id: empty for a volume on the machine itself, of ``volume_gb``.
        command: what runs instead of the image's own command.
        environment: may hold a password.
    """

    name: str
    image: str
    gpu_type: str
    cloud: str
    ports: tuple[str, ...]
    disk_gb: int
    mount_path: str
    network_volume_id: str = ""
    volume_gb: int = 0
    data_centers: tuple[str, ...] = ()
    min_cuda: str = ""
    command: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return the body; a single name that RunPod does not know would have all of it refused."""
        gpu: dict[str, Any] = {"id": self.gpu_type, "count": 1}
        if self.min_cuda:
            gpu["minCudaVersion"] = self.min_cuda
        body: dict[str, Any] = {
            "name": self.name,
            "image": self.image,
            "cloud": self.cloud,
            "gpu": gpu,
            "disk": self.disk_gb,
            "mounts": self._mounts(),
            "ports": list(self.ports),
            "env": dict(self.environment),
        }
        if self.data_centers:
            body["dataCenterIds"] = list(self.data_centers)
        if self.command:
            body["cmd"] = list(self.command)
        return body

    def _mounts(self) -> dict[str, Any]:
        if self.network_volume_id:
            return {"network": [{"volumeId": self.network_volume_id, "path": self.mount_path}]}
        return {"persistent": {"size": self.volume_gb, "path": self.mount_path}}


@dataclass(frozen=True, slots=True)
class GpuType:
    """A graphics card of the catalogue.

    Attributes:
        prices: USD per hour by cloud, "SECURE" and "COMMUNITY"; a cloud that does not have it is left out.
        availability: NONE, LOW, MEDIUM or HIGH, empty when it was not told. A promise it is not.
    """

    id: str
    name: str
    memory_gb: int
    manufacturer: str = ""
    prices: Mapping[str, Decimal] = field(default_factory=dict)
    availability: str = ""
    data_centers: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read one card."""
        source = reading.mapping(answer, "gpu")
        told = {cloud: reading.money(reading.part(source, "price"), cloud.lower()) for cloud in ("SECURE", "COMMUNITY")}
        places = source.get("dataCenters")
        return cls(
            id=reading.required(source, "id"),
            name=reading.text(source, "name") or reading.required(source, "id"),
            memory_gb=reading.whole(source, "memory"),
            manufacturer=reading.text(source, "manufacturer"),
            prices={cloud: price for cloud, price in told.items() if price},
            availability=reading.text(source, "availability"),
            data_centers=tuple(
                reading.text(place, "id")
                for place in (places if isinstance(places, list) else [])
                if isinstance(place, dict) and place.get("availability") != "NONE"
            ),
        )


@dataclass(frozen=True, slots=True)
class DataCenter:
    """A place where RunPod has machines."""

    id: str
    name: str

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read one place."""
        source = reading.mapping(answer, "data center")
        return cls(reading.required(source, "id"), reading.text(source, "name") or reading.required(source, "id"))


@dataclass(frozen=True, slots=True)
class NetworkVolume:
    """A disk that outlives pods, in one data centre; it costs money until it is deleted."""

    id: str
    name: str
    size_gb: int
    data_center: str

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read one volume."""
        source = reading.mapping(answer, "volume")
        return cls(
            reading.required(source, "id"),
            reading.text(source, "name"),
            reading.whole(source, "size"),
            reading.text(source, "dataCenter"),
        )


@dataclass(frozen=True, slots=True)
class BillingRecord:
    """What RunPod charged for one pod within one bucket of time."""

    pod_id: str
    began_at: datetime
    ended_at: datetime | None
    total: Decimal
    gpu: Decimal
    disk: Decimal

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read one record."""
        source = reading.mapping(answer, "record")
        total = reading.money(source, "totalAmount")
        return cls(
            pod_id=reading.text(source, "podId"),
            began_at=reading.moment(source, "startTime") or reading.unusable("startTime"),
            ended_at=reading.moment(source, "endTime"),
            total=reading.unusable("totalAmount") if total is None else total,
            gpu=reading.money(source, "gpuAmount") or Decimal(0),
            disk=reading.money(source, "diskAmount") or Decimal(0),
        )


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a pod's log; ``source`` is container or system."""

    source: str
    line: str
