"""Starting a pod, on the owner's word. The row comes first; a worker asks RunPod."""

import logging
import secrets
from datetime import timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction

from clients.errors import RemoteRejected
from lib import clock, money
from lib.queue import enqueue
from settings_app.models import ApplicationSettings
from settings_app.pods import catalogue, remote_login
from settings_app.pods.choices import State, Trouble
from settings_app.pods.gpu_types import UnknownCard
from settings_app.pods.models import Pod, RentalTerms

log = logging.getLogger(__name__)

WAIT_FOR_MACHINE = timedelta(minutes=30)
NO_KEY = "No RunPod API key is set. Enter one in Settings."


def too_dear(card: str, price: Decimal, ceiling: Decimal) -> str:
    """Say that a card costs more than the owner allows."""
    cost, most = money.price(price), money.price(ceiling)
    return f"The {card} costs {cost} an hour, above your ceiling of {most}. Raise it in Settings, or choose another."


def start() -> Pod:
    """Rent a pod, wake the one that sleeps, or keep the one that was about to stop; safe to repeat.

    Raises:
        RemoteRejected: the settings do not allow it; the sentence says what to change. Nothing was started.
    """
    pod = Pod.objects.current()
    if pod is None:
        return _rent()
    if pod.state == State.STOPPED:
        return in_place_of(pod) if pod.is_disposable else _wake(pod)
    if pod.state == State.ERROR:
        return _after_error(pod)
    if pod.state == State.DRAINING:
        Pod.objects.filter(state=State.DRAINING).move(pod.pk, to=State.READY, last_activity_at=clock.now())
    if pod.state == State.NO_CAPACITY:
        until = clock.now() + WAIT_FOR_MACHINE
        Pod.objects.filter(pk=pod.pk, state=State.NO_CAPACITY).update(wanted_until=until, next_turn_at=clock.now())
    return _nudged(pod)


def in_place_of(pod: Pod) -> Pod:
    """Let another pod take its place; both in one transaction, so that there is never none nor two."""
    with transaction.atomic():
        Pod.objects.filter(pk=pod.pk, state=State.STOPPED, replaced_at=None).update(
            replaced_at=clock.now(), next_turn_at=clock.now()
        )
        new = _rent()
    _nudged(pod)
    return new


def _rent() -> Pod:
    """Write down what is to be rented; of two at once the constraint lets only one through."""
    wanted = _wanted()
    try:
        with transaction.atomic():
            wanted.account = remote_login.account_for(RentalTerms.load())
            wanted.save(force_insert=True)
    except IntegrityError:
        present = Pod.objects.current()
        if present is None:
            raise
        return present
    log.info("pod %s: wanted, %s in %s", wanted.name, wanted.gpu_type, wanted.cloud)
    return _nudged(wanted)


def _wanted() -> Pod:
    """Return an unsaved pod as the settings want it."""
    settings, terms = ApplicationSettings.load(), RentalTerms.load()
    if not settings.runpod_api_key:
        raise RemoteRejected(NO_KEY)
    try:
        card = catalogue.card(settings.runpod_pod_type)
    except UnknownCard as unknown:
        raise RemoteRejected(str(unknown)) from None
    price = card.prices.get(terms.cloud)
    if price and terms.price_ceiling and price > terms.price_ceiling:
        raise RemoteRejected(too_dear(card.name, price, terms.price_ceiling))
    now = clock.now()
    return Pod(
        created_at=now,
        state_since=now,
        next_turn_at=now,
        name=f"gallery-{terms.install}-{secrets.token_hex(4)}",
        gpu_type=card.id,
        card_choices=[card.id, *(other.id for other in catalogue.substitutes(terms, card))],
        cloud=terms.cloud,
        image=terms.image,
        network_volume_id=terms.network_volume_id,
        data_centers=list(terms.data_centers),
        min_cuda=terms.min_cuda,
        disk_gb=terms.disk_gb,
        volume_gb=terms.volume_gb,
        price_ceiling=terms.price_ceiling,
        wanted_until=now + WAIT_FOR_MACHINE,
    )


def _wake(pod: Pod) -> Pod:
    asleep = Pod.objects.filter(state=State.STOPPED, replaced_at=None)
    asleep.move(
        pod.pk,
        to=State.RESUMING,
        wanted_until=clock.now() + WAIT_FOR_MACHINE,
        refusals=0,
        trouble=Trouble.NONE,
        reason="",
        stop_word="",
        log_read_at=None,
        boot_log="",
    )
    return _nudged(pod)


def _after_error(pod: Pod) -> Pod:
    """Look again at one that exists; what was never rented makes room for a new request."""
    if pod.pod_id:
        Pod.objects.filter(state=State.ERROR).move(pod.pk, to=State.UNKNOWN)
        return _nudged(pod)
    with transaction.atomic():
        Pod.objects.filter(state=State.ERROR, pod_id="").move(pod.pk, to=State.GONE, ended_at=clock.now())
        return _rent()


def _nudged(pod: Pod) -> Pod:
    from settings_app import tasks

    enqueue(tasks.drive_pod, pod.pk)
    pod.refresh_from_db()
    return pod
