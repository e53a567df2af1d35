"""Questions about many links."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, UUIDField, Value, When
from django.db.models.functions import Coalesce

from albums.models import Album, AlbumPhoto
from photos.models import Photo

if TYPE_CHECKING:
    pass


class SharedLinkQuerySet(models.QuerySet["SharedLink"]):
    """The vocabulary for asking about links."""

    def running(self, *, now: datetime) -> Self:
        """Keep what is neither revoked nor past its time."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None)

    def open(self, *, now: datetime) -> Self:
        """Keep what lets visitors in: running, and what it shows is not thrown away. An album may be empty."""
        there = Q(album__in=Album.objects.all()) | Q(photo__in=Photo.objects.visible())
        return self.running(now=now).filter(there)

    def expired(self, *, now: datetime) -> Self:
        """Keep what is past its time and was not revoked."""
        return self.filter(expires_at__lte=now, revoked_at=None)

    def revoked(self) -> Self:
        """Keep what the owner closed."""
        return self.filter(revoked_at__isnull=False)

    def closed_before(self, moment: datetime) -> Self:
        """Keep what has been closed since before then, by its time or by the owner."""
        return self.filter(Q(expires_at__lt=moment) | Q(revoked_at__lt=moment))

    def with_target(self) -> Self:
        """Load what is shared along, and count in ``shown`` the pictures a visitor would see of it."""
        return self.select_related("photo", "album__cover_photo").annotate(shown=_shown(), first_photo=_first())

    def note_visit(self, pk: object, *, now: datetime, is_new: bool) -> None:
        """Note that somebody came, and count it if it is a new visit."""
        self.filter(pk=pk).update(last_accessed_at=now, visit_count=F("visit_count") + int(is_new))


class PasswordTryQuerySet(models.QuerySet["PasswordTry"]):
    """The vocabulary for asking about tried passwords."""

    def forgettable(self, *, before: datetime) -> Self:
        """Keep what nobody has tried since."""
        return self.filter(last_at__lt=before)


def _places() -> "models.QuerySet[AlbumPhoto]":
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
