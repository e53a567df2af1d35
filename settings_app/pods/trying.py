"""Find out whether a pod could be rented on given terms, without renting one, and say exactly what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clients.errors import RemoteError, RemoteRejected
from clients.http import Timeouts
from clients.runpod import GpuType, NetworkVolume
from lib import money
from settings_app import connections
from settings_app.pods import gpu_types, starting
from settings_app.pods.choices import Cloud
from settings_app.probing import Verdict

PATIENCE = Timeouts(connect=3, read=6, whole=8)
BAD_KEY = "RunPod does not accept this API key. Copy it again from RunPod, under Settings, API Keys."


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be rented, saved or not."""

    key: str
    card: str
    cloud: str
    volume: str
    places: Sequence[str]
    ceiling: Decimal | None


def try_out(wish: Wish) -> Verdict:
    """Ask RunPod about a wish; never raises, and costs nothing."""
    try:
        with connections.runpod_with(wish.key, timeouts=PATIENCE) as account:
            cards = [card for card in account.gpu_types(wish.cloud) if gpu_types.suits(card)]
            volumes = account.network_volumes() if wish.volume else ()
            places = tuple(place.id for place in account.data_centers()) if wish.places else ()
        return judge(wish, cards, volumes, places)
    except RemoteRejected as refusal:
        return Verdict(is_good=False, text=BAD_KEY if refusal.status == 401 else str(refusal))
    except RemoteError as failure:
        return Verdict(is_good=False, text=str(failure))


def judge(
    wish: Wish, cards: Sequence[GpuType], volumes: Sequence[NetworkVolume], places: Sequence[str] = ()
) -> Verdict:
    """Say what stands in the way of a wish, or what it comes to."""
    try:
        card = gpu_types.resolve(wish.card, cards)
    except gpu_types.UnknownCard as unknown:
        return Verdict(is_good=False, text=f"The key works. {unknown}")
    volume = next((each for each in volumes if each.id == wish.volume), None)
    fault = (
        _fault_of_card(wish, card)
        or _fault_of_places(wish, card, places)
        or _fault_of_volume(wish, card, volume, volumes)
    )
    if fault:
        return Verdict(is_good=False, text=f"The key works. {fault}")
    stock = f", stock {card.availability.lower()}" if card.availability else ""
    place = f" Volume {volume.name or volume.id}, {volume.size_gb} GB in {volume.data_center}." if volume else ""
    cost = f"{money.price(card.prices[wish.cloud])} an hour"
    return Verdict(is_good=True, text=f"The key works. {card.name}, {card.memory_gb} GB, {cost}{stock}.{place}")


def _fault_of_card(wish: Wish, card: GpuType) -> str:
    where = "secure" if wish.cloud == Cloud.SECURE else "community"
    price = card.prices.get(wish.cloud)
    if price is None:
        return f"The {where} cloud has no {card.name}. Choose another card, or the other cloud."
    if card.availability == "NONE":
        return f"No {card.name} is free in the {where} cloud just now. Try later, or choose another card."
    if wish.ceiling is not None and price > wish.ceiling:
        return starting.too_dear(card.name, price, wish.ceiling)
    return ""


def _fault_of_places(wish: Wish, card: GpuType, places: Sequence[str]) -> str:
    if unknown := [place for place in wish.places if place not in places]:
        return f"RunPod has no data centre {', '.join(unknown)}. It has: {', '.join(sorted(places))}."
    if wish.places and card.data_centers and not set(wish.places) & set(card.data_centers):
        have = ", ".join(sorted(card.data_centers))
        return f"No {card.name} is free in {', '.join(wish.places)}. It is in: {have}."
    return ""


def _fault_of_volume(wish: Wish, card: GpuType, volume: NetworkVolume | None, volumes: Sequence[NetworkVolume]) -> str:
    if not wish.volume:
        return ""
    if volume is None:
        have = ", ".join(f"{each.id} ({each.name})" for each in volumes) or "none"
        return f"The account has no network volume “{wish.volume}”. It has: {have}."
    if wish.cloud != Cloud.SECURE:
        return "Network volumes exist only in the secure cloud. Choose it, or leave the volume empty."
    if wish.places and volume.data_center not in wish.places:
        return (
            f"The volume is in {volume.data_center}, which is not among your data centres. Add it, or leave them empty."
        )
    if card.data_centers and volume.data_center not in card.data_centers:
        return f"No {card.name} is free in {volume.data_center}, where the volume is. Choose another card."
    return ""
