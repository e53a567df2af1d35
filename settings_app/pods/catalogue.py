"""Cards and prices as RunPod last told them, kept so that no page has to ask."""

from clients.http import Timeouts
from clients.runpod import GpuType
from lib import clock
from settings_app import connections
from settings_app.pods import gpu_types
from settings_app.pods.models import RentalTerms


def cards(terms: RentalTerms | None = None) -> tuple[GpuType, ...]:
    """Return the cards that suit InvokeAI; without prices when the catalogue was never read."""
    kept = (terms or RentalTerms.load()).catalogue
    return tuple(gpu_types.from_json(card) for card in kept) or gpu_types.OFFLINE


def card(label: str) -> GpuType:
    """Return the one card that is meant.

    Raises:
        UnknownCard: none or several are.
    """
    return gpu_types.resolve(label, cards())


def substitutes(terms: RentalTerms, first: GpuType) -> tuple[GpuType, ...]:
    """Return the cards to take when ``first`` is not free: those that its cloud has and the ceiling allows."""
    known = {each.id: each for each in cards(terms) if each.id != first.id}
    wanted = [known[card_id] for card_id in terms.other_cards if card_id in known]
    return tuple(each for each in wanted if _is_allowed(terms, each))


def _is_allowed(terms: RentalTerms, card: GpuType) -> bool:
    price = card.prices.get(terms.cloud)
    if price is None:
        return not terms.catalogue
    return terms.price_ceiling is None or price <= terms.price_ceiling


def refresh(*, timeouts: Timeouts | None = None) -> tuple[GpuType, ...]:
    """Read the catalogue anew.

    Raises:
        RemoteError: RunPod could not be asked; what is kept stays.
    """
    terms = RentalTerms.load()
    with connections.runpod(timeouts=timeouts) as account:
        found = [card for card in account.gpu_types(terms.cloud) if gpu_types.suits(card)]
    if found:
        kept = [gpu_types.as_json(card) for card in sorted(found, key=lambda card: card.id)]
        RentalTerms.objects.filter(pk=terms.pk).update(catalogue=kept, catalogue_read_at=clock.now())
    return tuple(found)
