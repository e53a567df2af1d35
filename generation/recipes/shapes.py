"""From a shape to a size: each family of models makes good pictures only near the area it was trained at."""

from dataclasses import dataclass
from math import sqrt

from generation.recipes.bases import BASES

TOLERANCE = 0.2


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int


def fit(width: int, height: int, base: str) -> Size:
    """Scale a shape to the area and the steps of a family of models.

    A size that suits already is left alone. SD-1 at 1024×1024 repeats heads and horizons: it gets 512×512.

    Args:
        width: of the shape; only its relation to ``height`` counts, unless the size suits already.
        height: likewise.
        base: one of ``BASES``.

    Raises:
        KeyError: the base is unknown.
    """
    family = BASES[base]
    area = family.side**2
    is_even = width % family.multiple == 0 and height % family.multiple == 0
    if is_even and abs(width * height - area) <= TOLERANCE * area:
        return Size(width, height)
    ratio = width / height
    return Size(nearest(sqrt(area * ratio), family.multiple), nearest(sqrt(area / ratio), family.multiple))


def nearest(length: float, multiple: int) -> int:
    """Return the positive multiple nearest to ``length``, the larger one in the middle."""
    return max(multiple, int(length / multiple + 0.5) * multiple)
