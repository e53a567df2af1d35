"""What may stay written in a copy that tells the details: named fields alone, so that nothing unknown slips through.

No place, no serial number, no maker's note and no thumbnail is among them. The words of generators stay.
"""

import logging
from pathlib import Path
from typing import Any

from PIL import Image

from photos.imaging.decoding import ORIENTATION, Refused, opened
from photos.models import Photo
from photos.stripping.copying import NOTHING, Told

log = logging.getLogger(__name__)

EXIF_IFD = 0x8769
USER_COMMENT = 0x9286
# Make, model, software, date.
KEPT = frozenset({0x010F, 0x0110, 0x0131, 0x0132, ORIENTATION})
# Exposure, aperture, ISO, dates with their zones, bias, metering, flash, focal lengths, white balance, lens.
KEPT_IN_PART = frozenset({
    0x829A, 0x829D, 0x8822, 0x8827, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9201, 0x9202, 0x9204, 0x9207, 0x9209,
    0x920A, 0xA402, 0xA403, 0xA405, 0xA433, 0xA434,
})  # fmt: skip
GENERATORS_TEXTS = frozenset({
    b"parameters", b"prompt", b"workflow", b"generation_data", b"invokeai_metadata", b"invokeai_graph",
    b"invokeai_workflow", b"sd-metadata", b"Dream", b"Comment", b"Description", b"Software", b"Source", b"Title",
})  # fmt: skip
LONGEST = 60_000


def told(path: Path, photo: Photo) -> Told:
    """Return what a copy of the file may tell; nothing when that cannot be read."""
    texts = GENERATORS_TEXTS if photo.is_generated else frozenset()
    try:
        with opened(path) as image:
            exif = _exif(image.getexif(), is_generated=photo.is_generated)
    except (Refused, OSError, ValueError, TypeError, SyntaxError) as error:
        log.info("what a camera wrote could not be read: %s", type(error).__name__)
        return NOTHING
    return Told(exif if len(exif) <= LONGEST else b"", texts)


def _exif(written: Image.Exif, *, is_generated: bool) -> bytes:
    kept = Image.Exif()
    for tag in KEPT & set(written):
        kept[tag] = written[tag]
    part = written.get_ifd(EXIF_IFD)
    wanted = KEPT_IN_PART | ({USER_COMMENT} if is_generated else frozenset())
    chosen: dict[int, Any] = {tag: part[tag] for tag in wanted & set(part)}
    if chosen:
        kept.get_ifd(EXIF_IFD).update(chosen)
    return kept.tobytes().removeprefix(b"Exif\x00\x00") if len(kept) or chosen else b""
