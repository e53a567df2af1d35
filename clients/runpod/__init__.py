"""RunPod's REST API, version 2, as a few calls and frozen records."""

from clients.runpod.client import RunPod
from clients.runpod.errors import NoCapacity
from clients.runpod.records import (
    BillingRecord,
    DataCenter,
    GpuType,
    LogLine,
    NetworkVolume,
    PodRequest,
    RemotePod,
)

__all__ = [
    "BillingRecord",
    "DataCenter",
    "GpuType",
    "LogLine",
    "NetworkVolume",
    "NoCapacity",
    "PodRequest",
    "RemotePod",
    "RunPod",
]
