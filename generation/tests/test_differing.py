"""Comparing pictures pixel by pixel."""

from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from generation.comparisons.differing import Difference, difference
from photos.imaging.decoding import Refused


def picture(path: Path, *, size: tuple[int, int] = (10, 10), spot: tuple[int, int, int] | None = None) -> Path:
    """Write a grey picture, with one pixel of another colour when asked, and a text that is in no other."""
    image = Image.new("RGB", size, (100, 100, 100))
    if spot:
        image.putpixel((3, 4), spot)
    texts = PngImagePlugin.PngInfo()
    texts.add_text("job", path.name)
    image.save(path, pnginfo=texts)
    return path


def test_equal_pixels_are_equal_whatever_else_the_files_say(tmp_path):
    """Each picture bears the key of its own request, so that the files are never equal."""
    first, second = picture(tmp_path / "a.png"), picture(tmp_path / "b.png")

    assert first.read_bytes() != second.read_bytes()
    assert difference(first, second).is_none
    assert str(difference(first, second)) == "Pixels equal"


def test_one_other_pixel_is_found(tmp_path):
    """A hundredth of the pixels, by as much as the channel that changed most."""
    found = difference(picture(tmp_path / "a.png"), picture(tmp_path / "b.png", spot=(100, 130, 99)))

    assert found.share == pytest.approx(0.01)
    assert found.most == 30
    assert found.mean == pytest.approx(31 / 300)
    assert str(found) == "1.0 % of the pixels differ, by 0.1 levels on average, 30 at most"


def test_pictures_of_two_sizes_are_not_compared(tmp_path):
    """There is no pixel to put beside another."""
    found = difference(picture(tmp_path / "a.png"), picture(tmp_path / "b.png", size=(10, 11)))

    assert found.is_other_size
    assert not found.is_none
    assert str(found) == "Another size"


def test_what_cannot_be_decoded_is_refused(tmp_path):
    """It is said, not guessed."""
    (tmp_path / "b.png").write_bytes(b"no picture")

    with pytest.raises(Refused):
        difference(picture(tmp_path / "a.png"), tmp_path / "b.png")


def test_a_difference_is_kept_as_plain_data():
    """What was written is what is read."""
    found = Difference(share=0.25, mean=1.5, most=9)

    assert Difference.from_json(found.as_json()) == found
