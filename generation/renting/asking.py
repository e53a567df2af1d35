"""Ask before money is spent: which card, at which price, and what stands in the way."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from statistics import median

from django.db.models import F

from clients.errors import RemoteError, RemoteRejected
from clients.http import Timeouts
from clients.runpod import GpuType
from generation.renting.limits import Limits, month_is_spent, spent
from lib import clock, money
from settings_app.choices import BackendMode
from settings_app.models import ApplicationSettings, Pod, PodSession, RentalTerms
from settings_app.pods import catalogue, replacing, starting
from settings_app.pods.choices import COMING, State
from settings_app.pods.gpu_types import UnknownCard

BRIEF = Timeouts(connect=1.5, read=3.0, whole=4.0)
FRESH = timedelta(minutes=2)
LOOKED_AT = 8
AT_FIRST = timedelta(minutes=5)
NO_KEY = "No RunPod API key is set. Enter one in Settings."


@dataclass(frozen=True, slots=True)
class Offer:
    """What a start would mean.

    Attributes:
        price: USD per hour; None when nobody told it.
        others: the cards that are taken when it is not free, each with its price.
        most: USD per hour, whichever of them it becomes.
        is_live: RunPod told the price just now.
        fault: why it cannot be started; empty when it can.
        wakes: a pod that sleeps is woken, rather than a new one rented.
        usual: how long it takes until it is ready, by experience; a guess at first.
    """

    card: str
    price: Decimal | None
    others: str
    most: Decimal | None
    is_live: bool
    fault: str
    wakes: bool
    usual: timedelta
    idle_minutes: int

    @property
    def hourly(self) -> str:
        """The price, in a sentence."""
        return f"{money.price(self.price)} an hour" if self.price else "a price nobody has told yet"

    @property
    def usual_text(self) -> str:
        """How long it takes, in minutes."""
        count = max(1, round(self.usual.total_seconds() / 60))
        return f"{count} minute{'' if count == 1 else 's'}"

    @property
    def price_text(self) -> str:
        """The price as it is shown: what it may come to."""
        if not self.price or not self.most:
            return "price unknown"
        return f"{'up to ' if self.most > self.price else ''}{money.price(self.most)}/h"


def is_on_its_way() -> bool:
    """Tell whether the pod in use is coming up."""
    settings = ApplicationSettings.load()
    if settings.backend_mode != BackendMode.REMOTE or not settings.runpod_api_key:
        return False
    return Pod.objects.awake().filter(state__in=COMING).exists()


def is_needed() -> bool:
    """Tell whether what is asked for now would wait for a pod that nobody has started."""
    settings = ApplicationSettings.load()
    if settings.backend_mode != BackendMode.REMOTE or not settings.runpod_api_key:
        return False
    return not Pod.objects.awake().exists()


def offer(*, is_new: bool = False) -> Offer:
    """Return what a start would mean now; RunPod is asked for the price when it was not lately.

    Args:
        is_new: another pod is to be rented, even though one sleeps.
    """
    settings, is_live = ApplicationSettings.load(), _refreshed()
    terms, pod = RentalTerms.load(), None if is_new else Pod.objects.current()
    wakes = bool(pod and pod.state == State.STOPPED and not pod.is_disposable)
    label = pod.gpu_type if pod and wakes else settings.runpod_pod_type
    name, price, fault = label, None, "" if settings.runpod_api_key else NO_KEY
    cloud, others = pod.cloud if pod and wakes else terms.cloud, list[GpuType]()
    try:
        card = catalogue.card(label)
        name, price = card.name, card.prices.get(cloud)
        others = [] if wakes else list(catalogue.substitutes(terms, card))
    except UnknownCard as unknown:
        fault = fault or str(unknown)
    if price and terms.price_ceiling and price > terms.price_ceiling:
        fault = fault or starting.too_dear(name, price, terms.price_ceiling)
    now = clock.now()
    if word := month_is_spent(Limits.now(), spent(now)):
        fault = fault or f"{word} Raise it in Settings to go on."
    return Offer(
        card=name,
        price=price,
        others=" or ".join(_priced(other, cloud) for other in others),
        most=max([price, *(other.prices.get(cloud, price) for other in others)]) if price else None,
        is_live=is_live,
        fault=fault,
        wakes=wakes,
        usual=usual_start(),
        idle_minutes=settings.idle_timeout_minutes,
    )


def _priced(card: GpuType, cloud: str) -> str:
    price = card.prices.get(cloud)
    return f"{card.name} at {money.price(price)}" if price else card.name


def start() -> Pod:
    """Start the pod, on the owner's word.

    Raises:
        RemoteRejected: the settings, or the month's budget, do not allow it.
    """
    if fault := offer().fault:
        raise RemoteRejected(fault)
    return starting.start()


def replace() -> Pod:
    """Rent another pod in place of one that cannot be woken, on the owner's word.

    Raises:
        RemoteRejected: the settings, or the month's budget, do not allow it.
    """
    if fault := offer(is_new=True).fault:
        raise RemoteRejected(fault)
    return replacing.replace()


def usual_start() -> timedelta:
    """Return how long a pod takes until it is ready: the median of the last ones, a guess without any."""
    recent = PodSession.objects.exclude(ready_at=None).order_by("-began_at")
    spans = list(recent.annotate(took=F("ready_at") - F("began_at")).values_list("took", flat=True)[:LOOKED_AT])
    return timedelta(seconds=round(median(span.total_seconds() for span in spans))) if spans else AT_FIRST


def _refreshed() -> bool:
    """Have prices that are at most two minutes old; False when RunPod did not tell."""
    read_at = RentalTerms.load().catalogue_read_at
    if read_at and timedelta(0) <= clock.now() - read_at < FRESH:
        return True
    try:
        return bool(catalogue.refresh(timeouts=BRIEF))
    except RemoteError:
        return False
