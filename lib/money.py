"""Amounts of US dollars in words."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
TENTH_OF_A_MILL = Decimal("0.0001")


def usd(amount: Decimal) -> str:
    """Write an amount: two decimals, four below ten cents, so that a picture's cost is not nothing."""
    sign = "−" if amount < 0 else ""
    size = abs(amount)
    places = TENTH_OF_A_MILL if 0 < size < Decimal("0.1") else CENT
    return f"{sign}${size.quantize(places, ROUND_HALF_UP)}"


def price(amount: Decimal) -> str:
    """Write a price with as many decimals as it has, two at least."""
    short = amount.normalize()
    return f"${short:.2f}" if short == short.quantize(CENT) else f"${short:f}"
