"""What workers do for the owner's door and for rented pods. Each is safe to run twice."""

import logging
from collections.abc import Callable
from importlib import import_module
from uuid import UUID

from django.conf import settings

from clients.errors import RemoteError
from lib import clock
from lib.queue import enqueue
from settings_app.models import ApplicationSettings
from settings_app.pods import billing, catalogue, driving, metering, reconciling

log = logging.getLogger(__name__)


def forget_sessions() -> None:
    """Remove the sessions that have ended by themselves; without this they would pile up."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def drive_pod(pod_id: str) -> None:
    """Bring a pod one step further: one decision, one call."""
    if driving.turn(UUID(pod_id)):
        enqueue(drive_pod, pod_id)


def drive_pods() -> None:
    """Nudge the pods whose turn it is, and bring the shown cost up to date; scheduled every minute."""
    driving.nudge_due()
    metering.accrue()


def reconcile_pods() -> None:
    """Compare RunPod's list with what we know; scheduled."""
    _ask_runpod(reconciling.reconcile)


def refresh_catalogue() -> None:
    """Read cards and prices anew; scheduled."""
    _ask_runpod(catalogue.refresh)


def compare_bills() -> None:
    """Compare what was counted with what RunPod billed; scheduled once a day."""
    _ask_runpod(lambda: billing.compare(clock.now()))


def _ask_runpod(ask: Callable[[], object]) -> None:
    """Ask, if there is a key; when RunPod does not answer, the next time will do."""
    if not ApplicationSettings.load().runpod_api_key:
        return
    try:
        ask()
    except RemoteError as failure:
        log.info("RunPod could not be asked (%s)", type(failure).__name__)
