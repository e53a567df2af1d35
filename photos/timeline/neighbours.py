"""What lies before and after a photo, in the order of the list it was opened from."""

from dataclasses import dataclass

from lib.paging import Key, newer_than, older_than
from photos.models import Photo
from photos.querysets import PhotoQuerySet


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The photos on either side; none at an end of the list."""

    newer: Photo | None
    older: Photo | None

    @property
    def newer_key(self) -> Key | None:
        """The place just before this photo: a page that begins after it begins with this photo."""
        return Key(self.newer.taken_at, self.newer.pk) if self.newer else None


def neighbours(photo: Photo, among: PhotoQuerySet) -> Neighbours:
    """Find the neighbours of ``photo`` by two index look-ups. It need not be in the list itself."""
    here = Key(photo.taken_at, photo.pk)
    rows = among.for_viewer()
    return Neighbours(
        newer=rows.filter(newer_than(here, "taken_at")).order_by("taken_at", "pk").first(),
        older=rows.filter(older_than(here, "taken_at")).order_by("-taken_at", "-pk").first(),
    )
