"""One pod in place of another, whose disk is not given up before the new one is of use."""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from clients.errors import RemoteRejected
from settings_app.pods import starting
from settings_app.pods.choices import State
from settings_app.pods.models import Pod

log = logging.getLogger(__name__)

NOT_ASLEEP = "Only a pod that sleeps, or waits for its card, can be replaced."
LOOK_AGAIN = timedelta(minutes=1)


def can_be_replaced(pod: Pod) -> bool:
    """Tell whether a pod sleeps on a machine of which only that machine's owner can say when its card is free."""
    return bool(pod.pod_id) and not pod.is_disposable and pod.state in (State.STOPPED, State.NO_CAPACITY)


def replace() -> Pod:
    """Rent another pod in place of one that cannot be woken; on the owner's word, since its models go with it.

    Raises:
        RemoteRejected: there is nothing to replace, or the settings do not allow it.
    """
    pod = Pod.objects.current()
    if pod is None:
        return starting.start()
    if not can_be_replaced(pod):
        raise RemoteRejected(NOT_ASLEEP)
    with transaction.atomic():
        if pod.state == State.NO_CAPACITY:
            Pod.objects.filter(state=State.NO_CAPACITY).move(pod.pk, to=State.STOPPED)
        return starting.in_place_of(pod)


def may_be_deleted(pod: Pod, now: datetime) -> bool:
    """Tell whether a replaced pod is no longer needed.

    A disk with models is kept until the new pod was ready; when that comes to nothing, the old one has its place again.
    """
    if pod.is_disposable or _successor_was_ready(pod):
        return True
    Pod.objects.filter(pk=pod.pk).update(next_turn_at=now + LOOK_AGAIN)
    if not Pod.objects.present().exists():
        _give_place_back(pod)
    return False


def _successor_was_ready(pod: Pod) -> bool:
    later = Pod.objects.filter(created_at__gt=pod.created_at, account__proven_at__isnull=False)
    return later.exclude(account=pod.account).exists()


def _give_place_back(pod: Pod) -> None:
    try:
        with transaction.atomic():
            Pod.objects.replaced().filter(pk=pod.pk, state=State.STOPPED).update(replaced_at=None)
    except IntegrityError:  # another was started in this very moment
        return
    log.info("pod %s: has its place again, since the one instead of it came to nothing", pod.name)
