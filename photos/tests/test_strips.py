"""Making large pictures small strip by strip."""

import pytest
from PIL import Image, ImageChops, ImageStat

from photos.imaging.shaping import shrink

LANCZOS = Image.Resampling.LANCZOS


@pytest.fixture
def picture():
    """One that can be seen through at one side, of a size that no factor divides."""
    picture = Image.effect_noise((64, 48), 80).resize((1221, 803)).convert("RGBA")
    picture.paste((255, 0, 0, 0), (0, 0, 400, 803))
    return picture


@pytest.mark.parametrize("pixels", [100, 240, 400])
def test_strips_give_the_same_picture_as_the_whole(picture, pixels):
    """Also its edges, into which no colour bleeds that cannot be seen."""
    whole = picture.copy()
    whole.thumbnail((pixels, pixels), LANCZOS, reducing_gap=1.5)
    made = shrink(picture, pixels, gap=1.5)

    assert made.size == whole.size
    assert max(ImageStat.Stat(ImageChops.difference(made, whole)).mean) < 1


def test_no_second_copy_is_held(picture, monkeypatch):
    """Only strips of a picture that can be seen through are weighed by its alpha."""
    heights = []
    convert = Image.Image.convert
    monkeypatch.setattr(
        Image.Image, "convert", lambda image, mode: heights.append(image.height) or convert(image, mode)
    )
    shrink(picture, 100, gap=2.0)

    assert max(heights) < picture.height
