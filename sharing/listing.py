"""Links as the owner's list shows them: with what they lead to, and how much of it there is."""

from typing import TYPE_CHECKING

from django.db.models import Case, Exists, IntegerField, OuterRef, Subquery, UUIDField, Value, When
from django.db.models.functions import Coalesce

from albums.models import Album, AlbumPhoto
from photos.models import Photo
from sharing.models import SharedLink
from sharing.querysets import SharedLinkQuerySet

if TYPE_CHECKING:
    from albums.querysets import AlbumPhotoQuerySet


def links_with_target() -> SharedLinkQuerySet:
    """Return all links with what is shared; ``shown`` counts its pictures that are seen, ``cover`` is an album's."""
    links: SharedLinkQuerySet = SharedLink.objects.select_related("photo", "album")
    counted: SharedLinkQuerySet = links.annotate(shown=_shown(), cover=_cover())
    return counted


def _places() -> "AlbumPhotoQuerySet":
    return AlbumPhoto.objects.filter(album=OuterRef("album")).shown()


def _shown() -> Case:
    album = Album.objects.filter(pk=OuterRef("album")).with_sizes().values("size")
    is_shown = Exists(Photo.objects.visible().filter(pk=OuterRef("photo")))
    return Case(
        When(is_shown, then=Value(1)),
        default=Coalesce(Subquery(album, output_field=IntegerField()), 0),
        output_field=IntegerField(),
    )


def _cover() -> Coalesce:
    """Return the key of the chosen cover if it can be seen, else of the first picture."""
    chosen = _places().filter(photo=OuterRef("album__cover_photo")).values("photo")[:1]
    first = _places().values("photo")[:1]
    return Coalesce(Subquery(chosen, output_field=UUIDField()), Subquery(first, output_field=UUIDField()))
