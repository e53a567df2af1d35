"""Questions about pictures that look alike."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from photos.choices import RetrievalStatus
from photos.duplicates.fingerprints import near, pieces

if TYPE_CHECKING:
    from photos.duplicates.models import DuplicatePair, Fingerprint  # noqa: F401


class FingerprintQuerySet(models.QuerySet["Fingerprint"]):
    """The vocabulary for asking about fingerprints."""

    def that_may_be_near(self, bits: int) -> Self:
        """Keep those that may be near ``bits``, and some that are not: the distance decides."""
        near_it = Q()
        for number, piece in enumerate(pieces(bits)):
            near_it |= Q(**{f"piece_{number}__in": near(piece)})
        return self.filter(near_it)


class PairQuerySet(models.QuerySet["DuplicatePair"]):
    """The vocabulary for asking about pairs."""

    def open(self) -> Self:
        """Keep what waits for the owner: both pictures are in the library, and nothing is decided."""
        here: dict[str, Any] = {}
        for side in ("photo_a", "photo_b"):
            here |= {f"{side}__deleted_at": None, f"{side}__retrieval_status": RetrievalStatus.COMPLETED}
        return self.filter(decision=None, **here)

    def of(self, photo_id: UUID) -> Self:
        """Keep the pairs a photo is in."""
        return self.filter(Q(photo_a=photo_id) | Q(photo_b=photo_id))

    def among(self, photos: Collection[UUID]) -> Self:
        """Keep the pairs both of whose photos are among ``photos``."""
        return self.filter(photo_a__in=photos, photo_b__in=photos)
