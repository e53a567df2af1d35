"""What the form holds after something was chosen in it: another model, or another picture to begin with."""

from typing import Any

from django.http import QueryDict

from generation.asking.defaults import LIKE_SOURCE, STRENGTH, defaults_for, follow_model
from generation.asking.offers import Offers
from generation.forms.request import RequestForm

OF_THE_SOURCE = ("source", "mask", "margin_left", "margin_top", "margin_right", "margin_bottom")


def changed(data: QueryDict, offers: Offers) -> dict[str, Any]:
    """Return the values that were sent, after what was just chosen; untouched defaults follow the model.

    Args:
        data: the form's values. ``made_for`` is the model it was made for, ``set_source`` a picture to begin with from
            now on, and ``take_out`` says "source" to begin with words again.
        offers: what can be chosen.
    """
    values = RequestForm.values_in(data)
    before = defaults_for(offers.model(data.get("made_for", "")), offers.settings)
    after = defaults_for(offers.model(data.get("model", "")), offers.settings)
    values |= follow_model(values, before, after)
    if data.get("take_out") == "source":
        values |= without_source(values, after)
    # What stands in the form only beside a picture was not sent without one.
    values |= {"strength": values["strength"] or STRENGTH, "mask_blur": values["mask_blur"] or "16"}
    picture = data.get("set_source", "")
    if picture and picture != values["source"]:
        values |= with_source(picture)
    return values


def with_source(picture: str) -> dict[str, Any]:
    """Return the values of a request that begins with a picture, in its own size."""
    return {**dict.fromkeys(OF_THE_SOURCE, ""), "source": picture, "shape": LIKE_SOURCE}


def without_source(values: dict[str, Any], defaults: dict[str, str]) -> dict[str, Any]:
    """Return the values of a request that begins with words: of the usual size, unless another was chosen."""
    size = {name: defaults[name] for name in ("shape", "width", "height")}
    return {**dict.fromkeys(OF_THE_SOURCE, ""), **(size if values.get("shape") == LIKE_SOURCE else {})}
