"""Files beside a picture: texts in which some generators write how it was made, and what editors say in XMP.

Editors call the file ``name.jpg.xmp`` or ``name.xmp``. Of a packet only what is read of it is kept, because it may be
long and the library has no other place for it.
"""

import json
import os
import stat
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
    stem = os.path.splitext(picture)[0]
    texts = (_text(stem + ending, LIMIT) for ending in ENDINGS)
    said = next((text for text in texts if text), "")
    packet = next((text for path in _packets(str(picture), stem) if (text := _text(path, PACKET_LIMIT))), "")
    found = {"sidecar": clean(said, limit=LIMIT), BESIDE_XMP: _condensed(packet)}
    return {key: text for key, text in found.items() if text}


def _packets(picture: str, stem: str) -> Iterator[str]:
    for ending in PACKETS:
        yield picture + ending
        yield stem + ending


def _text(path: str, limit: int) -> str:
    """Return the text of a file, or nothing when there is none or it is too long for what it claims to be."""
    try:
        found = os.stat(path)
        if stat.S_ISREG(found.st_mode) and found.st_size <= limit:
            return decoded(Path(path).read_bytes())
    except OSError:
        return ""
    return ""


def _condensed(packet: str) -> str:
    found = read_xmp(packet)
    said = {name: found[name] for name in PROPERTIES if name in found}
    return json.dumps(said, ensure_ascii=False) if said else ""
