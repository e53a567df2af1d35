"""The masks painted over pictures: small greyscale PNGs, named by what is in them.

White is what shall be painted anew, as it was drawn on the screen. InvokeAI has it the other way round, so a mask is
turned about only on its way to the server. The same mask is stored once, however many steps use it.
"""

import hashlib
import io
import re
from datetime import datetime, timedelta

from django.core.files.storage import storages
from django.urls import reverse
from PIL import Image, ImageOps

from generation.models import GenerationStep
from photos.files import storing

LARGEST_BYTES = 8 * 1024 * 1024
LONGEST_SIDE = 4096
# A draft in a browser may name a mask that no step uses yet.
KEPT_FOR_DRAFTS = timedelta(days=30)
NAME = re.compile(r"[0-9a-f]{64}\.png")


class BadMask(ValueError):
    """What was sent is no mask; the message is a sentence for the owner."""


def keep(content: bytes) -> str:
    """Store a painted mask and return its name.

    Raises:
        BadMask: it is no PNG, or too large.
    """
    _check(content)
    name = f"{hashlib.sha256(content).hexdigest()}.png"
    storing.store(storages["masks"], name, [content])
    return name


def is_kept(name: str) -> bool:
    """Whether there is a mask of this name."""
    return bool(NAME.fullmatch(name)) and storages["masks"].exists(name)


def read(name: str) -> bytes:
    """Return a mask as it was painted.

    Raises:
        FileNotFoundError: there is none of this name.
    """
    if not NAME.fullmatch(name):
        raise FileNotFoundError(name)
    with storages["masks"].open(name) as file:
        return bytes(file.read())


def url_of(name: str) -> str:
    """Return the address a mask is shown from; empty for no mask."""
    return reverse("generation:mask", args=[name.removesuffix(".png")]) if NAME.fullmatch(name) else ""


def for_server(name: str, width: int, height: int) -> bytes:
    """Return a mask as InvokeAI wants it: black where it paints anew, and of the size of the picture. For workers.

    Raises:
        FileNotFoundError: there is none of this name.
    """
    # Sharper filters leave traces of white far beyond the edge, and any white may change.
    with Image.open(io.BytesIO(read(name))) as painted:
        mask = ImageOps.invert(painted.convert("L").resize((width, height), Image.Resampling.BILINEAR))
    content = io.BytesIO()
    mask.save(content, "PNG")
    return content.getvalue()


def sweep(*, now: datetime) -> int:
    """Remove the masks that no step uses and no draft can still name. Return how many."""
    unused = [name for name in _old_names(now - KEPT_FOR_DRAFTS) if not _is_used(name)]
    for name in unused:
        storages["masks"].delete(name)
    storing.remove_drafts(storages["masks"], before=now - KEPT_FOR_DRAFTS)
    return len(unused)


def _old_names(before: datetime) -> list[str]:
    storage = storages["masks"]
    try:
        names = storage.listdir("")[1]
    except FileNotFoundError:
        return []
    return [name for name in names if NAME.fullmatch(name) and storage.get_modified_time(name) < before]


def _is_used(name: str) -> bool:
    return GenerationStep.objects.filter(parameters__mask=name).exists()


def _check(content: bytes) -> None:
    """Look at the header only: a mask is decoded by the worker."""
    if len(content) > LARGEST_BYTES:
        raise BadMask("The mask is too large to be kept. Paint it with fewer soft edges.")
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            size = picture.size
            picture.verify()
    except Exception as fault:  # Pillow raises many kinds for what is broken
        raise BadMask("What was sent is not a mask. Paint it again.") from fault
    if max(size) > LONGEST_SIDE:
        raise BadMask(f"A mask may be {LONGEST_SIDE:,} pixels wide and high at most.")
