"""What each family of models is like: the size it was trained at, and the step its sizes go in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Base:
    """One family of models.

    Attributes:
        name: as people write it.
        side: the side of the square it was trained on, in pixels.
        multiple: what width and height must be a multiple of.
    """

    name: str
    side: int
    multiple: int = 8


BASES = {
    "sd-1": Base("SD-1", 512),
    "sd-2": Base("SD-2", 768),
    "sdxl": Base("SDXL", 1024),
}
