"""A fingerprint of what a picture shows: 64 bits that stay nearly the same when it is scaled or saved anew.

Each bit says whether one of the picture's 64 lowest frequencies (a cosine transform, the mean left out) is stronger
than most. Two pictures nobody would call alike differ in about half of them.
"""

from collections.abc import Iterator
from math import cos, pi
from operator import mul
from statistics import median

from PIL import Image

SIDE = 32
BITS = 64
# A picture of one colour has no frequencies, only noise.
LEAST_CONTRAST = 8
# Four pieces: where at most seven bits differ, one piece differs in at most one. So looking for each piece and its
# sixteen neighbours finds every such picture, by look-ups in an index.
PIECES = 4
PIECE_BITS = BITS // PIECES
MOST_APART = 6

_FREQUENCIES = sorted(((u, v) for u in range(11) for v in range(11)), key=lambda pair: (sum(pair), pair))[1 : BITS + 1]
_WAVES = [[cos(pi * u * (2 * x + 1) / (2 * SIDE)) for x in range(SIDE)] for u in range(11)]
_ALL = (1 << BITS) - 1
_PIECE = (1 << PIECE_BITS) - 1


def fingerprint_of(image: Image.Image) -> int | None:
    """Return the fingerprint as a signed number, as databases keep it; None when the picture is too plain to tell."""
    small = image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    pixels = list(small.tobytes())
    if max(pixels) - min(pixels) < LEAST_CONTRAST:
        return None
    strengths = _strengths(pixels)
    middle = median(strengths)
    bits = sum(1 << place for place, strength in enumerate(strengths) if strength > middle)
    return bits - (1 << BITS) if bits >> (BITS - 1) else bits


def distance(one: int, other: int) -> int:
    """Return in how many bits two fingerprints differ."""
    return ((one ^ other) & _ALL).bit_count()


def pieces(fingerprint: int) -> list[int]:
    """Return the fingerprint in pieces of sixteen bits."""
    return [(fingerprint >> (PIECE_BITS * number)) & _PIECE for number in range(PIECES)]


def near(piece: int) -> list[int]:
    """Return a piece and all that differ from it in one bit."""
    return [piece, *(piece ^ (1 << place) for place in range(PIECE_BITS))]


def _strengths(pixels: list[int]) -> list[float]:
    """Return the strength of each frequency, lowest first."""
    rows = [pixels[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE)]
    across = [[sum(map(mul, row, wave)) for row in rows] for wave in _WAVES]
    return list(_down(across))


def _down(across: list[list[float]]) -> Iterator[float]:
    for u, v in _FREQUENCIES:
        yield sum(map(mul, across[u], _WAVES[v]))
