"""From what a file proved to be to what its row says."""

from datetime import datetime
from typing import Any

from lib import clock
from photos.imaging.decoding import Examined
from photos.metadata import Generation, read_generation
from photos.metadata.camera import is_plausible
from photos.metadata.chunks import to_keep
from photos.metadata.generation import present
from photos.models import Photo


def facts_of(examined: Examined, modified_at: datetime | None = None) -> dict[str, Any]:
    """Return the columns a new photo gets from its file.

    Args:
        examined: what the file proved to be.
        modified_at: dates a picture that does not say itself when it was taken.
    """
    if modified_at and not is_plausible(modified_at):
        modified_at = None
    generation = read_generation(examined.chunks)
    return {
        "width": examined.width,
        "height": examined.height,
        "mime_type": examined.mime_type,
        "taken_at": examined.taken_at or modified_at or clock.now(),
        "metadata": _metadata(examined, generation),
        **_described(examined, generation),
        **(generation_columns(generation) if generation else {}),
    }


def missing_facts(photo: Photo, examined: Examined) -> dict[str, Any]:
    """Return the columns a fetched photo gets from its file: what its row already says was asked for, and stays."""
    found = facts_of(examined)
    measured = {"width", "height", "mime_type", "metadata"}
    return {
        column: value
        for column, value in found.items()
        if column in measured or (column != "taken_at" and not getattr(photo, column))
    }


def generation_columns(found: Generation) -> dict[str, Any]:
    """Return the columns that say how a picture was generated."""
    return {
        "is_generated": True,
        "generation_prompt": found.prompt or None,
        "generation_negative_prompt": found.negative_prompt or None,
        "generation_params": {**found.params, "generator": found.generator},
        "model_key": found.model_key or None,
        "model_name": found.model_name,
    }


def _metadata(examined: Examined, generation: Generation | None) -> dict[str, Any]:
    """Return what has no column of its own, and as ``written`` what the file gave to columns the owner may edit."""
    described = examined.described
    when = {"taken_at": examined.taken_at.isoformat()} if examined.taken_at else {}
    found = {
        "camera": examined.camera,
        "place": examined.place,
        "keywords": described.keywords,
        "software": described.software,
        "written": {**_described(examined, generation), **when},
        "chunks": to_keep(examined.chunks, is_generated=generation is not None),
        "is_animated": examined.is_animated or None,
    }
    return present(found)


def _described(examined: Examined, generation: Generation | None) -> dict[str, Any]:
    """Return title, description and rating; generators put prompts and their own name there."""
    described = examined.described
    stars = {"rating": described.rating or None}
    if generation and generation.prompt:
        return present(stars)
    return present({"title": described.title, "description": described.description, **stars})
