"""Files beside a picture: texts in which some generators write how it was made, and what editors say in XMP.

Editors call the file ``name.jpg.xmp`` or ``name.xmp``. Of a packet only what is read of it is kept, because it may be
long and the library has no other place for it.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from photos.metadata.chunks import BESIDE_XMP, Chunks
from photos.metadata.descriptions import PROPERTIES
from photos.metadata.text import clean, decoded
from photos.metadata.xmp import PACKET_LIMIT, read_xmp

ENDINGS = (".txt", ".json")
PACKETS = (".xmp", ".XMP")
LIMIT = 200_000


def read_sidecar(picture: Path) -> Chunks:
    """Return what the files say that have the picture's name and another ending, or nothing."""
    texts = (_text(picture.with_suffix(ending), LIMIT) for ending in ENDINGS)
    said = next((text for text in texts if text), "")
    packet = next((text for path in _packets(picture) if (text := _text(path, PACKET_LIMIT))), "")
    found = {"sidecar": clean(said, limit=LIMIT), BESIDE_XMP: _condensed(packet)}
    return {key: text for key, text in found.items() if text}


def _packets(picture: Path) -> Iterator[Path]:
    for ending in PACKETS:
        yield picture.with_name(picture.name + ending)
        yield picture.with_suffix(ending)


def _text(path: Path, limit: int) -> str:
    """Return the text of a file, or nothing when there is none or it is too long for what it claims to be."""
    try:
        if path.is_file() and path.stat().st_size <= limit:
            return decoded(path.read_bytes())
    except OSError:
        return ""
    return ""


def _condensed(packet: str) -> str:
    found = read_xmp(packet)
    said = {name: found[name] for name in PROPERTIES if name in found}
    return json.dumps(said, ensure_ascii=False) if said else ""
