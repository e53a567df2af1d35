"""Questions about many links."""

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from photos.choices import RetrievalStatus

if TYPE_CHECKING:
    from sharing.models import PasswordTry, SharedLink  # noqa: F401 - named in a string below


class SharedLinkQuerySet(models.QuerySet["SharedLink"]):
    """The vocabulary for asking about links."""

    def running(self, *, now: datetime) -> Self:
        """Keep what is neither revoked nor past its time."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None)

    def open(self, *, now: datetime) -> Self:
        """Keep what lets visitors in: running, and what it shows is not thrown away. An album may be empty."""
        album = Q(album__isnull=False, album__deleted_at=None)
        photo = Q(photo__deleted_at=None, photo__retrieval_status=RetrievalStatus.COMPLETED, photo__isnull=False)
        return self.running(now=now).filter(album | photo)

    def expired(self, *, now: datetime) -> Self:
        """Keep what is past its time and was not revoked."""
        return self.filter(expires_at__lte=now, revoked_at=None)

    def revoked(self) -> Self:
        """Keep what the owner closed."""
        return self.filter(revoked_at__isnull=False)

    def closed_before(self, moment: datetime) -> Self:
        """Keep what has been closed since before then, by its time or by the owner."""
        return self.filter(Q(expires_at__lt=moment) | Q(revoked_at__lt=moment))

    def note_visit(self, pk: UUID, *, now: datetime, is_new: bool) -> None:
        """Note that somebody came, and count it if it is a new visit."""
        self.filter(pk=pk).update(last_accessed_at=now, visit_count=F("visit_count") + int(is_new))


class PasswordTryQuerySet(models.QuerySet["PasswordTry"]):
    """The vocabulary for asking about tried passwords."""

    def forgettable(self, *, before: datetime) -> Self:
        """Keep what nobody has tried since."""
        return self.filter(last_at__lt=before)
