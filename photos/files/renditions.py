"""The sizes a picture is shown in, where their files lie, and the addresses of all its bytes.

An address holds the photo's id and the beginning of its checksum: other bytes have another address, so browsers may
keep an answer for ever, and the file is found without asking the database.
"""

from enum import StrEnum
from uuid import UUID

from django.urls import get_script_prefix

DIGEST_LENGTH = 12
DISPLAYABLE = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"})
MOVING = frozenset({"image/gif", "image/webp", "image/png", "image/avif"})
# Copies without metadata can be made of these without touching the pixels, but for a few files.
STRIPPABLE = DISPLAYABLE | {"image/tiff", "image/heic"}
BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


class Size(StrEnum):
    """The renditions that are made of each picture."""

    GRID = "grid"
    LARGE = "large"

    @property
    def pixels(self) -> int:
        """The longest side, at most."""
        return {Size.GRID: 512, Size.LARGE: 1600}[self]

    @property
    def gap(self) -> float:
        """How many times bigger a picture may be when the good, slow filter begins.

        Below 2 the loss can be seen in a small picture. A large one would cost a photograph its full decoding then.
        """
        return {Size.GRID: 2.0, Size.LARGE: 1.5}[self]


GRID = Size.GRID
LARGE = Size.LARGE


def path(photo_pk: UUID, checksum: str, size: Size) -> str:
    """Return where the rendition lies in the thumbnails storage, spread over 65,536 folders."""
    name = photo_pk.hex
    return f"{size}/{name[:2]}/{name[2:4]}/{name}-{checksum[:DIGEST_LENGTH]}.webp"


def paths(photo_pk: UUID, checksum: str) -> list[str]:
    """Return where all renditions of a picture lie, made or not."""
    return [path(photo_pk, checksum, size) for size in Size]


def original_path(filename: str) -> str:
    """Return where the original named ``filename`` lies in the originals storage."""
    return f"{filename[:2]}/{filename[2:4]}/{filename}"


def address(photo_pk: UUID, checksum: str, size: Size) -> str:
    """Return the address of a rendition."""
    return f"{get_script_prefix()}pictures/{size}/{photo_pk}-{checksum[:DIGEST_LENGTH]}.webp"


def original_address(photo_pk: UUID, checksum: str, filename: str) -> str:
    """Return the address of the untouched file."""
    extension = filename.rpartition(".")[2]
    return f"{get_script_prefix()}pictures/original/{photo_pk}-{checksum[:DIGEST_LENGTH]}.{extension}"


def needs_large(width: int, height: int, mime_type: str) -> bool:
    """Tell whether the original is too big for a screen, or nothing a browser shows; else it serves as it is."""
    return max(width, height) > LARGE.pixels or mime_type not in DISPLAYABLE
