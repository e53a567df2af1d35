"""Questions about albums."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    When,
)
from django.db.models.functions import Coalesce, Lower
from django.db.models.lookups import GreaterThan

from photos.choices import RetrievalStatus
from photos.models import Photo
from photos.querysets import PhotoQuerySet
from photos.searching.among import FEW

if TYPE_CHECKING:
    from albums.models import Album, AlbumPhoto  # noqa: F401 - named in the types


ON_COVER = ("first", "second", "third")


class AlbumQuerySet(models.QuerySet["Album"]):
    """The vocabulary for asking about albums."""

    def with_sizes(self) -> Self:
        """Count in ``size`` the photos each shows: all of its places without the few that are not to be seen."""
        return self.annotate(
            size=_count(_places())
            - _count(_places().filter(photo__in=_in_trash()))
            - _count(_places().filter(photo__in=_away()))
        )

    def with_dates(self) -> Self:
        """Tell in ``since`` and ``until`` when the photos each shows were taken."""
        return self.annotate(
            since=_date(Min("photo__taken_at"), "taken_at", "pk"),
            until=_date(Max("photo__taken_at"), "-taken_at", "-pk"),
        )

    def with_covers(self) -> Self:
        """Name in ``chosen`` the cover, if it can be shown, and in ``first``, ``second``, ``third`` what leads."""
        places = _places().shown().values("photo")
        first = {name: _photo(places[number : number + 1]) for number, name in enumerate(ON_COVER)}
        return self.annotate(chosen=_photo(places.filter(photo=OuterRef("cover_photo"))[:1]), **first)

    def holding(self, photos: PhotoQuerySet) -> Self:
        """Keep those that some photos are in; ``held`` counts how many of them, the fullest first."""
        held = _count(_places().filter(photo__in=photos.order_by().values("pk")))
        return self.annotate(held=held).filter(held__gt=0).order_by("-held", "name", "pk")

    def with_folded_names(self) -> Self:
        """Add ``folded_name``, by which they are sorted."""
        return self.annotate(folded_name=Lower("name"))


class AlbumPhotoQuerySet(models.QuerySet["AlbumPhoto"]):
    """The vocabulary for asking about places in albums."""

    def in_order(self) -> Self:
        """Put them in the album's order."""
        return self.order_by("position", "pk")

    def shown(self) -> Self:
        """Keep the places of photos that are here and not in the trash, in the album's order."""
        here = self.filter(photo__deleted_at=None, photo__retrieval_status=RetrievalStatus.COMPLETED)
        return here.in_order()

    def after(self, place: "AlbumPhoto") -> Self:
        """Keep what follows a place, in order."""
        further = Q(position__gt=place.position) | Q(position=place.position, pk__gt=place.pk)
        return self.filter(further, position__gte=place.position).in_order()

    def before(self, place: "AlbumPhoto") -> Self:
        """Keep what precedes a place, the nearest first."""
        nearer = Q(position__lt=place.position) | Q(position=place.position, pk__lt=place.pk)
        return self.filter(nearer, position__lte=place.position).order_by("-position", "-pk")


def _all_places() -> "AlbumPhotoQuerySet":
    from albums.models import AlbumPhoto

    return AlbumPhoto.objects.all()


def _places() -> "AlbumPhotoQuerySet":
    return _all_places().filter(album=OuterRef("pk"))


def _in_trash() -> "QuerySet[Any]":
    return Photo.objects.filter(deleted_at__isnull=False).order_by().values("pk")


def _away() -> "QuerySet[Any]":
    return Photo.objects.not_here().order_by().values("pk")


def _count(places: "AlbumPhotoQuerySet") -> Coalesce:
    counted = places.order_by().values("album").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _photo(places: "QuerySet[Any]") -> Subquery:
    return Subquery(places, output_field=UUIDField())


def _date(value: Max | Min, *order: str) -> Case:
    """Return a date of an album: of a small one all photos are asked, for a large one the timeline is walked."""
    asked = _places().shown().order_by().values("album").annotate(value=value).values("value")
    there = Exists(_all_places().filter(photo=OuterRef("pk"), album=OuterRef(OuterRef("pk"))))
    walked = Photo.objects.visible().filter(there).order_by(*order).values("taken_at")
    is_large = GreaterThan(_count(_places()), FEW)
    return Case(When(is_large, then=Subquery(walked[:1])), default=Subquery(asked))
