"""Shared pictures matter: they are called out before many are thrown away; shared albums are marked."""

from uuid import UUID

from lib import clock
from sharing.models import SharedLink


def shared(ids: list[UUID]) -> dict[UUID, str]:
    """Return those of some photos that a link still shows by itself."""
    links = SharedLink.objects.running(now=clock.now()).filter(photo__in=ids)
    return dict.fromkeys((pk for pk in links.values_list("photo_id", flat=True) if pk), "shared")


def shared_albums(ids: list[UUID]) -> set[UUID]:
    """Return those of some albums that a link shows."""
    links = SharedLink.objects.running(now=clock.now()).filter(album__in=ids)
    return {pk for pk in links.values_list("album_id", flat=True) if pk}
