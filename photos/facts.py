"""From what a file proved to be to what its row says."""

from datetime import datetime
from typing import Any

from lib import clock
from photos.camera import is_plausible
from photos.decoding import Examined
from photos.metadata import read_generation
from photos.metadata.chunks import to_keep
from photos.models import Photo


def facts_of(examined: Examined, modified_at: datetime | None = None) -> dict[str, Any]:
    """Return the columns a new photo gets from its file.

    Args:
        examined: what the file proved to be.
        modified_at: dates a picture that does not say itself when it was taken.
    """
    if modified_at and not is_plausible(modified_at):
        modified_at = None
    return {
        "width": examined.width,
        "height": examined.height,
        "mime_type": examined.mime_type,
        "taken_at": examined.taken_at or modified_at or clock.now(),
        "metadata": _metadata(examined),
        **_generation(examined),
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


def _metadata(examined: Examined) -> dict[str, Any]:
    found = {"camera": examined.camera, "place": examined.place, "chunks": to_keep(examined.chunks)}
    kept: dict[str, Any] = {name: value for name, value in found.items() if value}
    if examined.is_animated:
        kept["is_animated"] = True
    return kept


def _generation(examined: Examined) -> dict[str, Any]:
    found = read_generation(examined.chunks)
    if found is None:
        return {}
    return {
        "is_generated": True,
        "generation_prompt": found.prompt or None,
        "generation_negative_prompt": found.negative_prompt or None,
        "generation_params": {**found.params, "generator": found.generator},
        "model_key": found.model_key or None,
        "model_name": found.model_name,
    }
