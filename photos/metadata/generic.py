"""Pictures that only say that a model made them: content credentials, or IPTC's kind of source."""

from photos.metadata.c2pa import read_c2pa
from photos.metadata.chunks import Chunks
from photos.metadata.generation import Generation, text
from photos.metadata.xmp import read_xmp

SOURCE_TYPES = ("iptc:DigitalSourceType", "iptc:DigitalSourcetype")
UNKNOWN = "AI"


def recognises(chunks: Chunks) -> bool:
    """Tell whether the file says that a model made all of the picture."""
    return bool(chunks.get("c2pa")) or _says_model(chunks)


def parse(chunks: Chunks) -> Generation | None:
    """Return who made it; nobody says how."""
    return Generation(generator=text(chunks.get("c2pa"), 60) or _maker(chunks))


def _says_model(chunks: Chunks) -> bool:
    if "rainedAlgorithmicMedia" not in chunks.get("xmp", ""):
        return False
    found = read_xmp(chunks["xmp"])
    types = [value for name in SOURCE_TYPES for value in found.get(name, [])]
    return any(value.rstrip("/").rpartition("/")[2] == "trainedAlgorithmicMedia" for value in types)


def _maker(chunks: Chunks) -> str:
    """Return the maker by its name in the packet or in the credit."""
    words = chunks.get("xmp", "") + chunks.get("exif:Software", "")
    return read_c2pa(b"trainedAlgorithmicMedia " + words.encode()[:100_000]) or UNKNOWN
