"""Shapes become sizes that suit a family of models."""

import pytest

from generation.recipes.bases import BASES
from generation.recipes.shapes import Size, fit


@pytest.mark.parametrize(
    ("width", "height", "base", "expected"),
    [
        (1024, 1024, "sd-1", Size(512, 512)),
        (1024, 1024, "sd-2", Size(768, 768)),
        (1024, 1024, "sdxl", Size(1024, 1024)),
        (832, 1216, "sd-1", Size(424, 616)),
        (1216, 832, "sd-1", Size(616, 424)),
        (832, 1216, "sdxl", Size(832, 1216)),
        (16, 9, "sdxl", Size(1368, 768)),
        (2, 3, "sd-1", Size(416, 624)),
        (830, 1216, "sdxl", Size(848, 1240)),
    ],
)
def test_a_shape_gets_the_area_a_model_was_trained_at(width: int, height: int, base: str, expected: Size) -> None:
    """SD-1 at 1024×1024 is broken pictures; a size that suits is left alone."""
    assert fit(width, height, base) == expected


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(("width", "height"), [(1, 1), (21, 9), (9, 21), (832, 1216), (3, 2)])
def test_every_size_keeps_the_multiple_and_the_shape(base: str, width: int, height: int) -> None:
    """Rounding to a multiple bends the shape by less than two per cent, and the area by less than four."""
    size = fit(width, height, base)

    assert size.width % BASES[base].multiple == size.height % BASES[base].multiple == 0
    assert size.width / size.height == pytest.approx(width / height, rel=0.02)
    assert size.width * size.height == pytest.approx(BASES[base].side ** 2, rel=0.04)
