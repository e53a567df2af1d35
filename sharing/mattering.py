"""Shared pictures matter: they are called out before many are thrown away."""

from uuid import UUID

from lib import clock
from sharing.models import SharedLink


def shared(ids: list[UUID]) -> dict[UUID, str]:
    """Return those of some photos that a link still shows by itself."""
    links = SharedLink.objects.running(now=clock.now()).filter(photo__in=ids)
    return dict.fromkeys((pk for pk in links.values_list("photo_id", flat=True) if pk), "shared")
