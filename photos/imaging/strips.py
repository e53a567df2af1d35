"""Making large pictures small strip by strip, where Pillow would hold a second copy of all their pixels."""

from collections.abc import Callable

from PIL import Image

ROWS = 32

Rows = Callable[[int, int], Image.Image]


def factor_of(size: tuple[int, int], pixels: int, gap: float) -> int:
    """Return how many pixels become one before the good filter begins, as Pillow reckons it."""
    return int(max(size) / pixels / gap)


def reduced(rows: Rows, mode: str, size: tuple[int, int], factor: int) -> Image.Image:
    """Return a picture with one pixel for ``factor`` by ``factor``.

    Args:
        rows: gives the part of the picture from one row to before another.
        mode: of its pixels.
        size: of the whole.
        factor: at least 2.
    """
    width, height = size
    small = Image.new(mode, (-(-width // factor), -(-height // factor)))
    for top in range(0, height, factor * ROWS):
        strip = rows(top, min(top + factor * ROWS, height))
        small.paste(strip.reduce(factor), (0, top // factor))
    return small


def fitted(small: Image.Image, size: tuple[int, int], pixels: int, factor: int) -> Image.Image:
    """Return a reduced picture, no longer than ``pixels``: its last row and column stand for less than the others."""
    box = (0, 0, size[0] / factor, size[1] / factor)
    scale = pixels / max(size)
    fitting = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    return small.resize(fitting, Image.Resampling.LANCZOS, box=box)
