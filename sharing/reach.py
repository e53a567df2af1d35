"""What a link reaches: its photo or the shown photos of its album, and the pictures its photo grew from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum

from albums import orders
from albums.listing import OWN, asked_from, photos_of
from albums.models import Album
from albums.orders import OrderedPage
from lib.paging import PAGE_SIZE
from photos import lineage
from photos.models import Photo
from photos.querysets import PhotoQuerySet
from sharing.choices import ShownPath
from sharing.models import SharedLink

# Counting further would make each picture of a long album cost more than the one before.
NUMBERED = 1000


@dataclass(frozen=True, slots=True)
class Around:
    """The pictures before and after one, and where it stands, counted from 1; 0 is too far on to be counted."""

    before: Photo | None = None
    after: Photo | None = None
    number: int = 1


def photos(link: SharedLink) -> PhotoQuerySet:
    """Return what the link shows now; nothing that is in the trash or not here."""
    if link.album_id:
        return photos_of(link.album_id).with_file()
    return Photo.objects.visible().with_file().filter(shared_links=link.pk)


def photo(link: SharedLink, pk: UUID) -> Photo | None:
    """Return one photo the link shows, or None."""
    return photos(link).filter(pk=pk).first()


def path(link: SharedLink) -> list[Photo]:
    """Return the pictures the link's photo grew from, the first source first, as far as the link shows them.

    What is in the trash or gone is left out.
    """
    if link.show_path == ShownPath.NONE or link.photo is None:
        return []
    return [kin for kin in lineage.ancestors(link.photo).photos if kin.is_here and not kin.in_trash]


def ancestor(link: SharedLink, pk: UUID) -> Photo | None:
    """Return a picture of the path, or None."""
    is_on_path = any(kin.pk == pk for kin in path(link))
    return Photo.objects.visible().with_file().filter(pk=pk).first() if is_on_path else None


def page(link: SharedLink, query: Mapping[str, Any]) -> OrderedPage[Photo]:
    """Return one page of an album's pictures, in its own order.

    Args:
        link: to an album.
        query: where it begins: ``after`` and ``before`` hold a key, ``after-photo`` and ``before-photo`` a photo.

    Raises:
        Photo.DoesNotExist: when that photo is not shown any more.
    """
    shown = photos(link)
    return orders.page(shown.for_grid(), OWN, asked_from(shown, OWN, query), size=PAGE_SIZE)


def page_of(link: SharedLink, around: Around) -> str:
    """Return the address's query of the page of an album on which a picture stands; empty for the first."""
    if around.before is None or 0 < around.number <= PAGE_SIZE:
        return ""
    return f"?after={OWN.key(around.before)}"


def number(link: SharedLink, photo: Photo) -> int:
    """Return where a picture the link shows stands, counted from 1; 0 is too far on to be counted."""
    if not link.album_id:
        return 1
    return _number(photos(link).filter(OWN.following(OWN.key(photo), backwards=True) or Q()))


def around(link: SharedLink, photo: Photo) -> Around:
    """Return the neighbours of a picture the link shows."""
    here = photos(link).filter(pk=photo.pk).first() if link.album_id else None
    if here is None:
        return Around()
    key = OWN.key(here)
    before = photos(link).filter(OWN.following(key, backwards=True) or Q())
    after = photos(link).filter(OWN.following(key) or Q())
    last, following = OWN.sort(before.for_grid(), backwards=True).first(), OWN.sort(after.for_grid()).first()
    return Around(last, following, _number(before))


def count(link: SharedLink) -> int:
    """Return how many pictures the link shows; ``NUMBERED`` and one when there are more than that."""
    return photos(link).order_by()[: NUMBERED + 1].count() if link.album_id else 1


def _number(before: PhotoQuerySet) -> int:
    counted = before.order_by()[:NUMBERED].count()
    return counted + 1 if counted < NUMBERED else 0


def cover(link: SharedLink) -> Photo | None:
    """Return the picture that stands for all of them: the album's cover if it is shown, else the first."""
    shown = photos(link)
    chosen = shown.filter(pk=link.album.cover_photo_id).first() if link.album and link.album.cover_photo_id else None
    return chosen or (OWN.sort(shown).first() if link.album_id else shown.first())


def in_order(link: SharedLink) -> list[UUID]:
    """Return the keys of everything the link shows, in its order."""
    shown = OWN.sort(photos(link)) if link.album_id else photos(link)
    return [photo.pk for photo in shown.only("pk").iterator()]


def all_in_order(link: SharedLink) -> list[Photo]:
    """Return everything the link shows, in its order, with what names its files."""
    shown = OWN.sort(photos(link)) if link.album_id else photos(link)
    return list(shown.only("filename", "original_name", "taken_at", "checksum"))


def count_all(link: SharedLink) -> int:
    """Return how many pictures the link shows, however many: of an album, all without the few that are not seen."""
    if not link.album_id:
        return photos(link).count()
    return Album.objects.filter(pk=link.album_id).with_sizes().values_list("size", flat=True).first() or 0


def size(link: SharedLink) -> int:
    """Return how many bytes the originals have together."""
    return int(photos(link).aggregate(size=Sum("file_size"))["size"] or 0)
