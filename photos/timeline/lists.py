"""The list a photo was opened from, as the address of its page tells."""

from collections.abc import Mapping
from typing import Any

from photos import extensions
from photos.searching.filters import PhotoFilter


def list_in(query: Mapping[str, Any]) -> PhotoFilter:
    """Return the list an address's query names: one of an app above, else what it asks of the timeline."""
    named = (known(query) for known in extensions.lists())
    return next((found for found in named if found), None) or PhotoFilter.from_query(query)
