"""Files beside a picture in which some generators write how it was made."""

from pathlib import Path

from photos.metadata.chunks import Chunks
from photos.metadata.text import clean, decoded

ENDINGS = (".txt", ".json")
LIMIT = 200_000


def read_sidecar(picture: Path) -> Chunks:
    """Return the text of the file that has the picture's name and a text's ending, or nothing."""
    for beside in (picture.with_suffix(ending) for ending in ENDINGS):
        try:
            if beside.is_file() and beside.stat().st_size <= LIMIT:
                return {"sidecar": clean(decoded(beside.read_bytes()), limit=LIMIT)}
        except OSError:
            continue
    return {}
