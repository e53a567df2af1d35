"""The bar of a rented pod, and amounts of money."""

from decimal import Decimal
from typing import Any

from django import template
from django.template import Context

from generation.renting.bar import bar
from lib import clock

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
    """Write an amount: two decimals, four below ten cents, so that a picture's cost is not nothing."""
    if amount is None:
        return ""
    sign = "−" if amount < 0 else ""
    size = abs(amount)
    return f"{sign}${size:.4f}" if 0 < size < Decimal("0.1") else f"{sign}${size:.2f}"


@register.filter
def rate(amount: Decimal) -> str:
    """Write USD per hour with as many decimals as it has, two at least."""
    short = amount.normalize()
    return f"${short:.2f}/h" if short == short.quantize(Decimal("0.01")) else f"${short:f}/h"
