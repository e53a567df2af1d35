"""The texts a file carries beside its pixels, by their keys."""

from typing import Any

from PIL import Image

from photos.metadata.text import JSON_LIMIT, clean

Chunks = dict[str, str]

KEPT_LENGTH = 256 * 1024
MOST_CHUNKS = 32


def read_chunks(image: Image.Image) -> Chunks:
    """Return the text chunks of a PNG whose pixels are already decoded.

    Pillow itself stops at compressed texts above one megabyte, and at 64 megabytes in all.
    """
    texts = {key: text for key, text in _texts(image).items() if isinstance(text, str)}
    found = {clean(key, limit=100): clean(text, limit=JSON_LIMIT) for key, text in texts.items()}
    return dict(list(found.items())[:MOST_CHUNKS])


def _texts(image: Image.Image) -> dict[Any, Any]:
    """Return the raw texts. Those behind the pixels of a moving PNG would cost decoding every frame."""
    if image.format != "PNG":
        return {}
    return image.info if getattr(image, "is_animated", False) else image.text  # type: ignore[attr-defined]


def to_keep(chunks: Chunks) -> Chunks:
    """Return the chunks as they are kept beside the parsed facts: long ones are left out, not cut in half."""
    kept: Chunks = {}
    room = KEPT_LENGTH
    for key, text in sorted(chunks.items(), key=lambda item: len(item[1])):
        if len(text) <= room:
            kept[key] = text
            room -= len(text)
    return kept
