"""HEIC pictures are made small without holding them twice."""

import pytest
from PIL import Image, ImageChops, ImageStat

from photos.files.renditions import Size
from photos.imaging import heif, thumbnailing
from photos.imaging.shaping import shrink, to_srgb

pytestmark = pytest.mark.skipif(not heif.CAN_READ, reason="This machine has no library for HEIC.")


@pytest.fixture(params=["RGB", "RGBA", "L"])
def picture(request, tmp_path):
    """A picture larger than a strip is high, of a size that no factor divides."""
    path = tmp_path / "picture.heic"
    noise = Image.effect_noise((64, 48), 80).resize((2221, 1483))
    noise.convert(request.param).save(path, "HEIF", quality=60)
    return path


@pytest.mark.parametrize("size", list(Size))
def test_strips_give_the_same_picture_as_the_whole(picture, size):
    """The same filter at the same places; the last row and column may be a part of a pixel off."""
    with Image.open(picture) as image:
        whole = to_srgb(shrink(image, size.pixels, gap=size.gap))
    made = thumbnailing.render(picture, size)

    assert (made.size, made.mode) == (whole.size, whole.mode)
    assert max(ImageStat.Stat(ImageChops.difference(made, whole)).mean) < 1


def test_what_is_decoded_has_its_size(picture):
    """The whole of it is read, and no copy of it made."""
    assert heif.decode(picture) == (2221, 1483)
