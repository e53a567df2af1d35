"""Putting one photo in the place of another that turned out to be the same picture."""

import logging
from typing import Any
from uuid import UUID

from django.db import transaction

from photos import extensions
from photos.choices import RetrievalStatus
from photos.models import IncomingUpload, Photo
from photos.searching import search

log = logging.getLogger(__name__)

PROVENANCE = (
    "generation_prompt", "generation_negative_prompt", "generation_params", "source_image_id", "model_key",
    "model_name", "invoke_id",
)  # fmt: skip


def merge(pending_id: UUID, *, into: UUID) -> bool:
    """Let the photo ``into`` take the place of one that never got its bytes, then delete that one.

    What hangs on it moves: its descendants, what the apps above registered, and how it came to be as far as the
    other photo does not say so itself. All or nothing; safe to run twice.

    Args:
        pending_id: a photo without a file; one that has its own bytes is never merged away.
        into: the photo that stays.

    Returns:
        Whether the pending photo was merged by this call.
    """
    if pending_id == into:
        return False
    with transaction.atomic():
        pending = Photo.objects.exclude(retrieval_status=RetrievalStatus.COMPLETED).filter(pk=pending_id).first()
        kept = Photo.objects.filter(pk=into).first()
        if pending is None or kept is None:
            return False
        _move(pending, kept)
    log.info("photo %s: merged into %s", pending_id, into)
    return True


def _move(pending: Photo, kept: Photo) -> None:
    for moved in extensions.merges():
        moved(pending.pk, kept.pk)
    Photo.objects.filter(source_image=pending).exclude(pk=kept.pk).update(source_image=kept)
    Photo.objects.filter(source_image=pending).update(source_image=None)
    IncomingUpload.objects.filter(photo=pending).update(photo=kept)
    # Deleted first: a picture comes only once from a server, so its name there is free only now.
    changes = _missing(pending, kept)
    search.forget([pending.pk])
    pending.delete()
    if changes:
        Photo.objects.filter(pk=kept.pk).update(**changes)
        search.index([kept.pk])


def _missing(pending: Photo, kept: Photo) -> dict[str, Any]:
    """Return how the picture came to be, as far as the photo that stays does not know it."""
    changes = {
        column: getattr(pending, column)
        for column in PROVENANCE
        if getattr(pending, column) and not getattr(kept, column)
    }
    if changes.get("source_image_id") == kept.pk:
        del changes["source_image_id"]
    if "invoke_id" in changes:
        changes["server"] = pending.server
    marks = ("is_generated", "is_favorite")
    return {**changes, **{mark: True for mark in marks if getattr(pending, mark) and not getattr(kept, mark)}}
