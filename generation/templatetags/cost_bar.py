"""The bar of a rented pod, and amounts of money."""

from decimal import Decimal
from typing import Any

from django import template
from django.template import Context

from generation.renting.bar import bar
from lib import clock, money

register = template.Library()


@register.inclusion_tag("_cost_bar.html", takes_context=True)
def cost_bar(context: Context) -> dict[str, Any]:
    """Show the bar to the owner; one query while no pod is there."""
    user = context.get("user")
    return {
        "bar": bar(clock.now()) if user is not None and user.is_authenticated else None,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def usd(amount: Decimal | None) -> str:
    """Write an amount; nothing when there is none."""
    return "" if amount is None else money.usd(amount)


@register.filter
def rate(amount: Decimal) -> str:
    """Write USD per hour."""
    return f"{money.price(amount)}/h"
