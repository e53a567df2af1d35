"""The texts a file carries beside its pixels, by their keys.

A PNG's texts keep their own keys. What other containers hold gets a key that names its place: ``exif:UserComment``,
``xmp`` (the packet), ``iptc:caption``, ``comment`` (GIF and JPEG), ``c2pa`` (who made it with a model), ``sidecar``
(a text file beside the picture) and ``beside:xmp`` (what an XMP file beside it says, by the names of its properties).
"""

import logging
from collections.abc import Callable
from typing import Any

from PIL import Image, PngImagePlugin

from photos.metadata.c2pa import read_c2pa
from photos.metadata.exif_texts import EXIF_IFD, exif_texts
from photos.metadata.iptc import read_iptc
from photos.metadata.stealth import read_stealth
from photos.metadata.text import JSON_LIMIT, clean, decoded, repaired

log = logging.getLogger(__name__)

Chunks = dict[str, str]

# A row keeps so many characters of raw texts; the original holds all of them for ever.
KEPT_LENGTH = 256 * 1024
MOST_CHUNKS = 48
IPTC_RESOURCE, IPTC_TAG = 0x0404, 33723
BESIDE_XMP = "beside:xmp"
OF_PHOTOGRAPHS = ("exif:", "iptc:", "xmp", "sidecar")
PARAMETERS = ("parameters", "exif:UserComment", "exif:Model", "exif:ImageDescription", "comment", "sidecar")


def read_chunks(image: Image.Image, *, pixels: Image.Image | None = None) -> Chunks:
    """Return the texts of a picture.

    Pillow itself stops at compressed texts above ``apps.TEXT_LIMIT``, and at 64 megabytes in all.

    Args:
        image: what tells; its pixels are decoded already, or it has next to none.
        pixels: the picture in whose pixels texts may be hidden, if that is another.
    """
    found: dict[Any, Any] = {}
    for read in (_exif, _iptc, _xmp, _comment, _c2pa, _texts):
        found |= _tried(read, image)
    if not _says_how(found):
        found |= _tried(read_stealth, pixels or image)
    texts = [(key, text) for key, text in found.items() if isinstance(text, str) and text]
    return {clean(key, limit=100): clean(text, limit=JSON_LIMIT) for key, text in texts[:MOST_CHUNKS]}


def parameter_texts(chunks: Chunks) -> list[str]:
    """Return the texts in which generators write their parameters, the likeliest first."""
    return [text for key in PARAMETERS if (text := chunks.get(key, "").strip("\ufeff\0 \r\n\t"))]


def to_keep(chunks: Chunks, *, is_generated: bool = True) -> Chunks:
    """Return the chunks as they are kept beside the parsed facts: long ones are left out, not cut in half.

    Args:
        chunks: what the file holds.
        is_generated: else what every photograph carries is left out: its facts have columns, and it is long.
    """
    kept: Chunks = {}
    room = KEPT_LENGTH
    for key, text in sorted(chunks.items(), key=lambda item: len(item[1])):
        if len(text) <= room and (is_generated or not key.startswith(OF_PHOTOGRAPHS)):
            kept[key] = text
            room -= len(text)
    return kept


def _tried(read: Callable[[Image.Image], dict[str, str]], image: Image.Image) -> dict[str, str]:
    try:
        return read(image)
    except Exception as error:  # broken texts must not cost the picture
        log.info("texts of a picture could not be read (%s): %s", read.__name__, type(error).__name__)
        return {}


def _texts(image: Image.Image) -> dict[str, str]:
    """Return the texts of a PNG. Those behind the pixels of a moving one would cost decoding every frame."""
    if image.format != "PNG":
        return {}
    texts = image.info if getattr(image, "is_animated", False) else image.text  # type: ignore[attr-defined]
    return {
        key: text if isinstance(text, PngImagePlugin.iTXt) else repaired(text)
        for key, text in texts.items()
        if isinstance(key, str) and isinstance(text, str)
    }


def _exif(image: Image.Image) -> dict[str, str]:
    exif = image.getexif()
    return exif_texts(exif, dict(exif.get_ifd(EXIF_IFD)))


def _iptc(image: Image.Image) -> dict[str, str]:
    photoshop = image.info.get("photoshop")
    block = photoshop.get(IPTC_RESOURCE) if isinstance(photoshop, dict) else None
    if block is None and image.format == "TIFF":
        block = image.tag_v2.get(IPTC_TAG)  # type: ignore[attr-defined]
    return {f"iptc:{name}": text for name, text in read_iptc(block).items()} if isinstance(block, bytes) else {}


def _xmp(image: Image.Image) -> dict[str, str]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if isinstance(packet, bytes):
        packet = decoded(packet)
    return {"xmp": packet} if isinstance(packet, str) else {}


def _comment(image: Image.Image) -> dict[str, str]:
    comment = image.info.get("comment")
    return {"comment": decoded(comment)} if isinstance(comment, bytes) and image.format != "PNG" else {}


def _c2pa(image: Image.Image) -> dict[str, str]:
    parts = [part[1] for part in getattr(image, "private_chunks", ()) if part[0] == b"caBX"]
    parts += [content for name, content in getattr(image, "applist", ()) if name == "APP11"]
    return {"c2pa": maker} if (maker := read_c2pa(b"".join(parts))) else {}


def _says_how(found: dict[Any, Any]) -> bool:
    """Tell whether a generator wrote in the open, so that nothing is looked for in the pixels."""
    return bool(found.keys() & {"parameters", "prompt", "workflow", "invokeai_metadata", "Comment", "sd-metadata"})
