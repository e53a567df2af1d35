"""Deciding about pictures that look alike, and taking a decision back."""

import logging
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from lib import clock
from photos import extensions, trashing
from photos.choices import TraitKind
from photos.duplicates.models import DuplicateDecision, DuplicatePair
from photos.models import Photo, PhotoTrait
from photos.searching import search

log = logging.getLogger(__name__)


class AlreadyDecided(Exception):
    """Somebody else decided about these pictures, or they are no longer here; nothing was changed."""


def keep_all(photos: Collection[UUID]) -> DuplicateDecision:
    """Note that the owner wants to keep all of these pictures; they are not offered again.

    Raises:
        AlreadyDecided: when there is nothing to decide about them.
    """
    with transaction.atomic():
        return _decided(photos)


def keep_one(kept_id: UUID, others: Collection[UUID]) -> DuplicateDecision:
    """Keep one picture of several, and throw the others away.

    The one that is kept takes over that a picture is a favourite, the highest rating, title and description if it has
    none, tags, and what the apps above know, such as albums. All or nothing.

    Args:
        kept_id: the picture that stays.
        others: those that go to the trash; files are not touched.

    Raises:
        AlreadyDecided: when there is nothing to decide about them.
    """
    with transaction.atomic():
        decision = _decided([kept_id, *others], kept_id=kept_id)
        photos = {photo.pk: photo for photo in Photo.objects.visible().filter(pk__in=[kept_id, *others])}
        kept = photos.pop(kept_id, None)
        if kept is None or not photos:
            raise AlreadyDecided
        decision.before = _take_over(kept, list(photos.values()))
        trashing.trash(photos)
        decision.save(update_fields=["before"])
        search.index([kept_id])
    log.info("photo %s: kept instead of %s that look like it", kept_id, len(photos))
    return decision


def undo(decision_id: UUID) -> DuplicateDecision | None:
    """Take a decision back: everything is as it was, but for what the owner changed since. None when it was before."""
    with transaction.atomic():
        if not DuplicateDecision.objects.filter(pk=decision_id, undone_at=None).update(undone_at=clock.now()):
            return None
        decision = DuplicateDecision.objects.get(pk=decision_id)
        if decision.kept_id:
            _give_back(decision.kept_id, decision.before)
        decision.pairs.update(decision=None)
    log.info("duplicates: decision %s undone", decision_id)
    return decision


def _decided(photos: Collection[UUID], *, kept_id: UUID | None = None) -> DuplicateDecision:
    """Claim the pairs first: of two who decide at once, one finds nothing left to decide."""
    decision = DuplicateDecision.objects.create(kept_id=kept_id)
    if not DuplicatePair.objects.among(photos).filter(decision=None).update(decision=decision):
        raise AlreadyDecided
    return decision


def _take_over(kept: Photo, others: list[Photo]) -> dict[str, Any]:
    """Give the kept picture what the others have more; return what it takes to undo that."""
    keys = [photo.pk for photo in others]
    columns = {name: [getattr(kept, name), new] for name, new in _better(kept, others).items()}
    Photo.objects.filter(pk=kept.pk).update(**{name: new for name, (_, new) in columns.items()})
    joined = {belonging.label: belonging.join(keys, kept.pk) for belonging in extensions.belongings()}
    return {
        "columns": columns,
        "tags": _take_tags(kept.pk, keys),
        "joined": joined,
        "trashed": [str(pk) for pk in keys],
    }


def _better(kept: Photo, others: list[Photo]) -> dict[str, Any]:
    """Return the columns that change, with their new values."""
    best = {
        "is_favorite": kept.is_favorite or any(photo.is_favorite for photo in others),
        "rating": max(photo.rating for photo in (kept, *others)),
        "title": kept.title or next((photo.title for photo in others if photo.title), ""),
        "description": kept.description or next((photo.description for photo in others if photo.description), ""),
    }
    return {name: value for name, value in best.items() if value != getattr(kept, name)}


def _take_tags(kept_id: UUID, keys: list[UUID]) -> list[int]:
    """Give a photo the owner's tags of others; return the keys of those that are new to it."""
    tagged = PhotoTrait.objects.filter(trait__kind=TraitKind.TAG)
    known = tagged.filter(photo=kept_id).values("trait")
    new = sorted(set(tagged.filter(photo__in=keys).exclude(trait__in=known).values_list("trait_id", flat=True)))
    PhotoTrait.objects.bulk_create([PhotoTrait(photo_id=kept_id, trait_id=tag) for tag in new], ignore_conflicts=True)
    return new


def _give_back(kept_id: UUID, before: dict[str, Any]) -> None:
    for name, (old, new) in before.get("columns", {}).items():
        Photo.objects.filter(pk=kept_id, **{name: new}).update(**{name: old})
    PhotoTrait.objects.filter(photo=kept_id, trait__in=before.get("tags", [])).delete()
    for belonging in extensions.belongings():
        belonging.part(kept_id, before.get("joined", {}).get(belonging.label))
    trashing.restore([UUID(pk) for pk in before.get("trashed", [])])
    search.index([kept_id])
