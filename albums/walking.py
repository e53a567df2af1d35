"""An album as the list that photos are walked through in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from albums.listing import OWN, order_called, photos_of
from albums.models import Album
from albums.orders import Order
from photos.models import Photo
from photos.searching.filters import PhotoFilter
from photos.timeline.neighbours import Neighbours


@dataclass(frozen=True)
class InAlbum(PhotoFilter):
    """The photos of one album, in one of its orders; ``q`` asks for the same in the search box."""

    album: UUID = field(default_factory=lambda: UUID(int=0))
    order: Order = OWN

    @classmethod
    def of(cls, album: UUID, order: Order = OWN) -> "InAlbum":
        """Return the list of an album."""
        return cls(q=f"album:{album}", album=album, order=order)

    @property
    def query(self) -> str:
        """The query of a photo's address, with its question mark."""
        return "?" + urlencode({"album": str(self.album)} | self._by)

    def neighbours(self, photo: Photo) -> Neighbours:
        """Return what lies before and after a photo in the album; nothing when it is not shown there."""
        rows = photos_of(self.album, self.order).for_grid()
        here = rows.filter(pk=photo.pk).first()
        if here is None:
            return Neighbours(None, None)
        key = self.order.key(here)
        before, after = self.order.following(key, backwards=True), self.order.following(key)
        return Neighbours(
            newer=self.order.sort(rows.filter(before), backwards=True).first() if before else None,
            older=self.order.sort(rows.filter(after)).first() if after else None,
        )

    def back(self, around: Neighbours) -> str:
        """Return the address of the album's page that begins with the photo between two others."""
        after = {"after": self.order.key(around.newer)} if around.newer else {}
        query = urlencode(self._by | after)
        address = reverse("albums:album", args=[self.album])
        return f"{address}?{query}" if query else address

    @property
    def _by(self) -> dict[str, str]:
        return {} if self.order is OWN else {"by": self.order.slug}


def album_in(query: Mapping[str, Any]) -> InAlbum | None:
    """Return the album an address's query names in ``album``; None when it names none that is there."""
    try:
        key = UUID(query.get("album", ""))
    except ValueError:
        return None
    if not Album.objects.filter(pk=key).exists():
        return None
    return InAlbum.of(key, order_called(query.get("by", "")))
