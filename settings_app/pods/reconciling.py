"""Compare what RunPod lists with what we know: nothing that bears our name may cost money unnoticed.

What bears the very name of a pod of ours but is another, is a request that arrived twice, and is deleted. Any other
of our names may belong to a copy of this gallery: it is told of, and left alone.
"""

import logging
from datetime import datetime

from clients.errors import RemoteError
from clients.runpod import RemotePod
from clients.runpod.records import TERMINATED
from lib import clock
from settings_app import connections
from settings_app.models import ApplicationSettings
from settings_app.pods import metering
from settings_app.pods.calling import FOR_API
from settings_app.pods.choices import State
from settings_app.pods.models import Pod, RentalTerms, StrayPod

log = logging.getLogger(__name__)


def reconcile() -> list[StrayPod]:
    """List all pods, note the strays, and delete the doubles; returns the strays there are.

    Raises:
        RemoteError: the list could not be read; nothing is concluded from that.
    """
    with connections.runpod(timeouts=FOR_API) as account:
        listed = account.pods()
    note(listed, clock.now())
    delete_doubles()
    return list(StrayPod.objects.filter(gone_at=None))


def note(listed: tuple[RemotePod, ...], now: datetime) -> None:
    """Write down what of a complete list is not as it should be."""
    prefix = f"gallery-{RentalTerms.load().install}-"
    ours = [pod for pod in listed if pod.name.startswith(prefix) and pod.status != TERMINATED]
    known = {pod.name: pod for pod in Pod.objects.filter(name__in=[pod.name for pod in ours])}
    strays = [pod for pod in ours if _is_stray(pod, known.get(pod.name))]
    for stray in strays:
        _note(stray, now, is_double=_is_double(stray, known.get(stray.name)))
    here = [pod.id for pod in strays]
    StrayPod.objects.filter(gone_at=None).exclude(pod_id__in=here).update(gone_at=now)


def delete_doubles() -> None:
    """Delete the requests that arrived twice; each is tried again at the next look when it does not work."""
    if not ApplicationSettings.load().runpod_api_key:
        return
    for stray in StrayPod.objects.filter(is_double=True, gone_at=None):
        try:
            delete(stray)
        except RemoteError as failure:
            log.warning("pod %s: its double could not be deleted (%s)", stray.name, type(failure).__name__)


def delete(stray: StrayPod) -> None:
    """Delete a stray with the disk on its machine; any but a double only on the owner's explicit word.

    Raises:
        RemoteError: RunPod did not confirm it; it is still listed.
    """
    with connections.runpod(timeouts=FOR_API) as account:
        account.terminate(stray.pod_id)
    now = clock.now()
    metering.charge_double(stray, now)
    StrayPod.objects.filter(pk=stray.pk).update(gone_at=now)
    log.warning("stray pod %s (%s) is deleted", stray.name, stray.pod_id)


def _is_stray(seen: RemotePod, ours: Pod | None) -> bool:
    """Tell whether a pod of our name is another than the one we know by it.

    One whose id we do not know yet is not: it is being looked for. A pod of ours that has ended, and is there all the
    same, is.
    """
    if ours is None:
        return True
    if ours.pod_id:
        return ours.pod_id != seen.id or ours.state == State.GONE
    return ours.state == State.GONE


def _is_double(seen: RemotePod, ours: Pod | None) -> bool:
    """Tell whether a stray may be deleted unasked: not one that holds the models of a pod with a disk of its own."""
    return ours is not None and (ours.pod_id != seen.id or ours.is_disposable)


def _note(seen: RemotePod, now: datetime, *, is_double: bool) -> None:
    values = {"name": seen.name, "status": seen.status, "rate": seen.cost, "is_double": is_double}
    first = {"first_seen_at": min(seen.created_at or now, now)}
    _, is_new = StrayPod.objects.update_or_create(
        pod_id=seen.id,
        defaults={**values, "last_seen_at": now, "gone_at": None},
        create_defaults={**values, **first, "last_seen_at": now},
    )
    if is_new:
        log.warning("a pod bears our name and is not ours to know: %s (%s)", seen.name, seen.id)
