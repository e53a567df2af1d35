"""Stars."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from photos.acts.act import Act, Before
from photos.models import BulkAction, Photo
from photos.querysets import PhotoQuerySet

STARS = range(6)


class Rate(Act):
    """Give photos so many stars; the value is a digit, and 0 takes the stars away."""

    verb = "rate"
    icon = "star"
    doing = "Rating"
    news_undone = "photos:again"

    def among(self, photos: PhotoQuerySet, value: str) -> PhotoQuerySet:
        """Keep those with another number of stars."""
        return photos.exclude(rating=int(value))

    def do(self, ids: list[UUID], action: BulkAction) -> Before:
        """Rate them."""
        stars = int(action.value)
        before = dict(Photo.objects.locked(ids).exclude(rating=stars).values_list("pk", "rating"))
        Photo.objects.filter(pk__in=before).update(rating=stars)
        return before

    def undo(self, before: Mapping[UUID, Any], action: BulkAction) -> None:
        """Give them the stars they had; what was rated anew since keeps that."""
        had: dict[int, list[UUID]] = defaultdict(list)
        for pk, stars in before.items():
            had[stars].append(pk)
        for stars, keys in had.items():
            Photo.objects.filter(pk__in=keys, rating=int(action.value)).update(rating=stars)

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        if value == "0":
            return f"{pictures} without a rating now"
        return f"{pictures} rated {in_stars(value)}"

    def nothing(self, value: str) -> str:
        """Say that there was nothing to do."""
        return "All of them have that rating already"


def in_stars(value: str) -> str:
    """Return so many stars in words."""
    return f"{value} star{'' if value == '1' else 's'}"
