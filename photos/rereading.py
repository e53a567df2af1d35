"""Reading an original again: a better parser, or a file that was read before its generator was known."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.storage import storages
from django.db import transaction

from photos import tags
from photos.choices import RetrievalStatus
from photos.files import storing
from photos.imaging.decoding import Examined, Refused, read_again
from photos.intake.facts import facts_of
from photos.metadata.chunks import BESIDE_XMP, Chunks
from photos.models import Photo
from photos.searching import search

log = logging.getLogger(__name__)

# What the owner can edit: read again only as long as it is what the file said before.
EDITABLE = ("title", "description", "rating")
GENERATION = (
    "is_generated", "generation_prompt", "generation_negative_prompt", "generation_params", "model_key", "model_name",
)  # fmt: skip


def reread(photo_id: UUID) -> bool:
    """Read what a photo's original says and bring its row up to date. Safe to run twice.

    What the owner edited stays; so does how a picture was made if it was made here, because the row knows it better
    than the file, and whatever a file no longer says.

    Returns:
        Whether the file could be read; False also when the photo or its file is gone.
    """
    photo = Photo.objects.filter(pk=photo_id, purged_at=None, retrieval_status=RetrievalStatus.COMPLETED).first()
    if photo is None or not photo.local_storage_path:
        return False
    examined = _examined(photo)
    if examined is None:
        return False
    _update(photo, facts_of(examined.with_texts(_beside(photo))))
    return True


def _examined(photo: Photo) -> Examined | None:
    try:
        with storing.local_copy(storages["originals"], photo.local_storage_path or "") as path:
            return read_again(path)
    except (FileNotFoundError, Refused) as error:
        log.warning("photo %s: its original could not be read again: %s", photo.pk, type(error).__name__)
        return None


def _beside(photo: Photo) -> Chunks:
    """Return the text that stood beside the file when it came in: the library keeps it in the row alone."""
    kept = photo.metadata.get("chunks", {})
    return {key: kept[key] for key in ("sidecar", BESIDE_XMP) if kept.get(key)}


def _update(photo: Photo, found: dict[str, Any]) -> None:
    with transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(metadata=_metadata(photo, found["metadata"]), **_made(photo, found))
        for column, value in _unedited(photo, found).items():
            # The owner may be editing this very moment: the old value decides.
            Photo.objects.filter(pk=photo.pk, **{column: getattr(photo, column)}).update(**{column: value})
        tags.put({photo.pk: _new_keywords(photo, found["metadata"])})
        search.index([photo.pk])
    log.info("photo %s: read again", photo.pk)


def _metadata(photo: Photo, found: dict[str, Any]) -> dict[str, Any]:
    """Return the new facts over those that others keep in the same place."""
    ours = {"camera", "place", "keywords", "software", "written", "chunks", "is_animated"}
    return {**{key: value for key, value in photo.metadata.items() if key not in ours}, **found}


def _made(photo: Photo, found: dict[str, Any]) -> dict[str, Any]:
    """Return how it was made, if the file says so and it was not made here."""
    if not found.get("is_generated") or photo.invoke_id or photo.source_image_id:
        return {}
    return {column: found[column] for column in GENERATION}


def _unedited(photo: Photo, found: dict[str, Any]) -> dict[str, Any]:
    """Return new values of what still is as the file said before; nothing was said counts as empty."""
    before, now = photo.metadata.get("written", {}), found["metadata"].get("written", {})
    empty = {"title": "", "description": "", "rating": 0}
    changes = {
        column: now.get(column, empty[column])
        for column in EDITABLE
        if getattr(photo, column) == before.get(column, empty[column])
    }
    if "taken_at" in now and "taken_at" in before and photo.taken_at == datetime.fromisoformat(before["taken_at"]):
        changes["taken_at"] = found["taken_at"]
    return {column: value for column, value in changes.items() if value != getattr(photo, column)}


def _new_keywords(photo: Photo, metadata: dict[str, Any]) -> list[str]:
    """Return the keywords that were not read before: the owner may have taken away the others."""
    before = {word.casefold() for word in tags.keywords_in(photo.metadata)}
    return [word for word in tags.keywords_in(metadata) if word.casefold() not in before]
