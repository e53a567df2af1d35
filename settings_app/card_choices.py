"""The cards a form offers, in words."""

from decimal import Decimal

from lib import money
from settings_app.models import RentalTerms
from settings_app.pods import catalogue
from settings_app.pods.gpu_types import UnknownCard, resolve


def chosen_card(terms: RentalTerms, label: str) -> str:
    """Return the id of the card that the stored label means; the label itself when it is not known."""
    try:
        return resolve(label, catalogue.cards(terms)).id
    except UnknownCard:
        return label


def card_choices(terms: RentalTerms, label: str) -> list[tuple[str, str]]:
    """Return the cards to choose from, with memory and price, those that are free first; the stored one always."""
    choices = offered(terms)
    stored = chosen_card(terms, label)
    return choices if stored in dict(choices) else [(stored, f"{stored} (not offered now)"), *choices]


def offered(terms: RentalTerms) -> list[tuple[str, str]]:
    """Return the cards of the cloud in use, the cheapest first."""
    cards = catalogue.cards(terms)
    price = {card.id: card.prices.get(terms.cloud) for card in cards}
    here = [card for card in cards if price[card.id] or not terms.catalogue]
    here.sort(key=lambda card: (price[card.id] or 0, card.name))
    return [(card.id, _line(card.name, card.memory_gb, price[card.id], card.availability)) for card in here]


def _line(name: str, memory: int, price: Decimal | None, availability: str) -> str:
    cost = f": {money.price(price)}/h" if price else ""
    return f"{name}, {memory} GB{cost}{', none free now' if availability == 'NONE' else ''}"
