"""The photos of an album, in the order they are wanted in."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import BigAutoField, F, IntegerField, SmallIntegerField, TextField
from django.db.models.functions import Lower

from albums.models import Album, AlbumPhoto
from albums.orders import Order
from photos.models import Photo
from photos.querysets import PhotoQuerySet
from photos.searching.among import named_by
from photos.selecting import keys_of

TAKEN_AT, KEY = Photo._meta.get_field("taken_at"), Photo._meta.pk

OWN = Order("own", "Own order", {"position": IntegerField(), "place": BigAutoField()})
NEWEST = Order("newest", "Newest first", {"-taken_at": TAKEN_AT, "-pk": KEY})
OLDEST = Order("oldest", "Oldest first", {"taken_at": TAKEN_AT, "pk": KEY})
NAME = Order("name", "Name", {"folded_name": TextField(), "pk": KEY})
RATING = Order("rating", "Rating", {"-stars": SmallIntegerField(), "-taken_at": TAKEN_AT, "-pk": KEY})

# How albums themselves are listed.
CHANGED_AT, ALBUM_KEY = Album._meta.get_field("updated_at"), Album._meta.pk
CHANGED = Order("changed", "Last changed", {"-updated_at": CHANGED_AT, "-pk": ALBUM_KEY})
BY_NAME = Order("name", "Name", {"folded_name": TextField(), "pk": ALBUM_KEY})

ALBUM_ORDERS = {order.slug: order for order in (CHANGED, BY_NAME)}
ORDERS = {order.slug: order for order in (OWN, OLDEST, NEWEST, NAME, RATING)}


def order_called(slug: str) -> Order:
    """Return an order; the album's own when nobody knows the name."""
    return ORDERS.get(slug, OWN)


def photos_of(album: UUID, order: Order = OWN) -> PhotoQuerySet:
    """Return what an album shows, with what its order goes by, not sorted yet."""
    if order is OWN:
        placed = Photo.objects.visible().filter(albumphoto__album=album)
        return placed.annotate(position=F("albumphoto__position"), place=F("albumphoto__pk"))
    inside = Photo.objects.visible().filter(named_by(AlbumPhoto.objects.filter(album=album)))
    # A column more than is needed can lead SQLite astray.
    if order is NAME:
        return inside.annotate(folded_name=Lower("original_name"))
    return inside.annotate(stars=F("rating")) if order is RATING else inside


def span(album: UUID) -> tuple[Photo, Photo] | None:
    """Return the oldest and the newest photo an album shows; None when it shows none."""
    photos = photos_of(album, OLDEST).only("taken_at")
    oldest, newest = OLDEST.sort(photos).first(), NEWEST.sort(photos).first()
    return (oldest, newest) if oldest and newest else None


def asked_from(photos: PhotoQuerySet, order: Order, query: Mapping[str, str]) -> dict[str, str]:
    """Return the keys a page begins with; a script that took cards out knows only beside which photo it goes on.

    Raises:
        Photo.DoesNotExist: when that photo is not among them any more.
    """
    asked = {name: query.get(name, "") for name in ("after", "before")}
    for name in asked:
        if keys := keys_of([query.get(f"{name}-photo", "")]):
            asked[name] = order.key(photos.get(pk=keys[0]))
    return asked
