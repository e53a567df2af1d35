"""Amounts in words."""

from decimal import Decimal

import pytest

from lib import money


@pytest.mark.parametrize(
    ("amount", "written"),
    [("0", "$0.00"), ("0.0042", "$0.0042"), ("0.27", "$0.27"), ("-0.05", "−$0.0500"), ("12.345", "$12.35")],
)
def test_a_small_amount_is_not_nothing(amount: str, written: str) -> None:
    """A picture costs tenths of a cent."""
    assert money.usd(Decimal(amount)) == written


@pytest.mark.parametrize(("amount", "written"), [("0.4000", "$0.40"), ("0.2725", "$0.2725"), ("10", "$10.00")])
def test_a_price_keeps_its_decimals(amount: str, written: str) -> None:
    """Rounded it would not be the price."""
    assert money.price(Decimal(amount)) == written
