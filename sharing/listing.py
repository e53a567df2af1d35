"""Links as the owner's list shows them: with what they lead to, and how much of it there is."""

from typing import TYPE_CHECKING

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Subquery, UUIDField, Value, When
from django.db.models.functions import Coalesce

from albums.models import AlbumPhoto
from photos.models import Photo
from sharing.models import SharedLink
from sharing.querysets import SharedLinkQuerySet

if TYPE_CHECKING:
    from albums.querysets import AlbumPhotoQuerySet


def links_with_target() -> SharedLinkQuerySet:
    """Return all links with what is shared, how many pictures of it are seen in ``shown``, and ``first_photo``."""
    links: SharedLinkQuerySet = SharedLink.objects.select_related("photo", "album__cover_photo")
    counted: SharedLinkQuerySet = links.annotate(shown=_shown(), first_photo=_first())
    return counted


def _places() -> "AlbumPhotoQuerySet":
    return AlbumPhoto.objects.filter(album=OuterRef("album")).shown()


def _shown() -> Case:
    counted = _places().order_by().values("album").annotate(number=Count("pk")).values("number")
    is_shown = Exists(Photo.objects.visible().filter(pk=OuterRef("photo")))
    return Case(
        When(is_shown, then=Value(1)),
        default=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        output_field=IntegerField(),
    )


def _first() -> Subquery:
    return Subquery(_places().values("photo")[:1], output_field=UUIDField())
