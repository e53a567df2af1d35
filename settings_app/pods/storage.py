"""What disks cost at RunPod, which the meter leaves out: an estimate by the list prices, which no API tells."""

from decimal import Decimal

from settings_app.pods.choices import State
from settings_app.pods.models import Pod

# USD for a gigabyte and month. A disk of its own costs twice as much while the pod sleeps.
OWN_DISK_ASLEEP = Decimal("0.20")
OWN_DISK_AWAKE = Decimal("0.10")


def month_of_own_disk(pod: Pod) -> Decimal | None:
    """Return USD a month for the disk that a pod keeps on its machine; None when it keeps none."""
    if pod.is_disposable or not pod.pod_id:
        return None
    return pod.volume_gb * (OWN_DISK_ASLEEP if pod.state == State.STOPPED else OWN_DISK_AWAKE)
